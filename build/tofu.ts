import {parseArgs} from 'node:util'
import {describeError} from '../shared/errors'
import {pinnedTofu} from './tofu/tools'
import {releases} from './tofu/pin'

const usage = `npm run tofu -- [newest|oldest]…
  Builds the pinned releases of OpenTofu with Go, each once, into a cache outside the checkout (below XDG_CACHE_HOME or
  ~/.cache), and prints where they are. Both where none is named. The first build takes minutes.`

const main = async (): Promise<number> => {
  const {values, positionals} = parseArgs({options: {help: {type: 'boolean'}}, allowPositionals: true})
  const unknown = positionals.find((name) => !releases.some((release) => release === name))
  if (values.help === true || unknown !== undefined) {
    console.log(usage)
    return unknown === undefined ? 0 : 2
  }
  for (const release of releases.filter((each) => positionals.length === 0 || positionals.includes(each))) {
    const {version, program} = await pinnedTofu(release, (line) => console.error(line))
    console.log(`OpenTofu ${version}: ${program}`)
  }
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(describeError(error))
  return 1
})
