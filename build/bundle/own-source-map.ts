import {decode, encode, type SourceMapSegment} from '@jridgewell/sourcemap-codec'
import {trustedJson} from '../../shared/json'

interface SourceMap {
  readonly sources: readonly string[]
  readonly mappings: string
}

/** Numbers of the sources that are ours, in their new order. */
const ownSources = (sources: readonly string[]): ReadonlyMap<number, number> => {
  const own = sources.map((source, index) => ({source, index})).filter(({source}) => !source.includes('node_modules/'))
  return new Map(own.map(({index}, position) => [index, position]))
}

const isUnmapped = (segment: SourceMapSegment | undefined): boolean => segment?.length === 1

/** Positions of our code; where a library's begins, one segment without source, else its frames would show as ours. */
const ownSegments = (segments: readonly SourceMapSegment[], own: ReadonlyMap<number, number>): SourceMapSegment[] => {
  const kept: SourceMapSegment[] = []
  for (const segment of segments) {
    const source = own.get(segment[1] ?? -1)
    if (source !== undefined && segment.length > 1) {
      kept.push([segment[0], source, segment[2]!, segment[3]!])
    } else if (!isUnmapped(kept.at(-1))) {
      kept.push([segment[0]])
    }
  }
  return kept
}

/** The map with our own sources alone: a twentieth of the size, and the stack frames that we care for. */
export const ownSourceMap = (text: string): string => {
  const {sources, mappings} = trustedJson<SourceMap>(text)
  const own = ownSources(sources)
  return JSON.stringify({
    version: 3,
    sources: [...own.keys()].map((index) => sources[index]),
    names: [],
    mappings: encode(decode(mappings).map((segments) => ownSegments(segments, own)))
  })
}
