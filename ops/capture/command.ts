import {join, relative} from 'node:path'
import {loadShadow} from '../../local/replay/bundle'
import {readWiring} from '../../shared/wiring/wiring'
import {command} from '../../shared/cli/command'
import {buildBundles} from '../../shared/embedded'
import {gather} from './gather'
import {readOptions, options} from './options'
import {scrub} from './scrub'
import {settle} from './settle'
import {defaultName, writeCapture} from './write'

export const capture = command({
  name: 'capture', summary: 'Makes a regression test of what happened to a file.', words: '<fileId|executionArn>',
  notes: `The test has its events, what its sources answered, its record and the histories of its executions. It plays them in shadow, without
any effect, and passes while today's code comes to the same outcome.`,
  options,
  run: async ({words: [subject = ''], ...asked}) => {
    const request = await readOptions(subject, asked, Date.now())
    buildBundles()
    const gathered = scrub(await gather(request), (await loadShadow()).fileIdOf)
    const {fileId, events, background} = gathered
    const {sources, expected, note} = await settle(readWiring(request.wiring), events, gathered.sources)
    const notes = [...gathered.notes, ...(note === undefined ? [] : [note])]
    const folder = join(request.out, request.name ?? defaultName(gathered))
    writeCapture(folder, {fileId, capturedAt: new Date().toISOString(), notes, events, sources, expected}, background)
    const answers = Object.values(sources).reduce((sum, each) => sum + each.answers.length, 0)
    const shown = relative(process.cwd(), folder)
    return {
      value: {folder: shown, fileId, events: events.length, answers, expected, notes},
      text: [
        `${shown}: ${events.length} events, ${answers} answers of sources, ${expected.length} attempts`,
        ...expected.map(({correlationId, outcome, told}) => `  ${correlationId}: ${outcome}; told ${told.join(', ') || 'no one'}`),
        ...notes.map((each) => `Note: ${each}`),
        `Run it with npm run test:integration -- ${shown}`
      ].join('\n')
    }
  }
})
