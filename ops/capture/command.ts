import {join, relative} from 'node:path'
import {explain} from '../../local/cli/explain'
import {loadShadow} from '../../local/replay/bundle'
import {gather} from './gather'
import {type CaptureOptions, parseCapture, usage} from './options'
import {scrub} from './scrub'
import {settle} from './settle'
import {defaultName, writeCapture} from './write'
import {readWiring} from '../../shared/wiring/wiring'

const capture = async (options: CaptureOptions): Promise<void> => {
  const gathered = scrub(await gather(options), (await loadShadow()).fileIdOf)
  const {fileId, events, background} = gathered
  const {sources, expected, note} = await settle(readWiring(options.wiring), events, gathered.sources)
  const notes = [...gathered.notes, ...(note === undefined ? [] : [note])]
  const folder = join(options.out, options.name ?? defaultName(gathered))
  writeCapture(folder, {fileId, capturedAt: new Date().toISOString(), notes, events, sources, expected}, background)
  const answers = Object.values(sources).reduce((sum, each) => sum + each.answers.length, 0)
  console.log([
    `${relative(process.cwd(), folder)}: ${events.length} events, ${answers} answers of sources, ${expected.length} attempts`,
    ...expected.map(({correlationId, outcome, told}) => `  ${correlationId}: ${outcome}; told ${told.join(', ') || 'nobody'}`),
    ...notes.map((each) => `Note: ${each}`),
    `Run it with npm run test:integration -- ${relative(process.cwd(), folder)}`
  ].join('\n'))
}

const main = async (args: readonly string[]): Promise<number> => {
  const options = parseCapture(args, Date.now())
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  await capture(options)
  return 0
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const {message, exitCode} = explain(error, 'npm run capture')
  console.error(message)
  return exitCode
})
