import Sequencer from '@jest/test-sequencer'

/** Files of minutes; Jest, which goes by a file's length where it has no times yet, would begin some of them last. */
const long = ['sources', 'recipes', 'yt-dlp-door', 'console', 'bad-input', 'orchestration-modes', 'sources-real-time', 'transfer-memory', 'events-cli']

const placeOf = ({path}) => {
  const place = long.findIndex((name) => path.endsWith(`/${name}.test.ts`))
  return place === -1 ? long.length : place
}

/** Begins the longest files first, and the others as Jest would. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}
