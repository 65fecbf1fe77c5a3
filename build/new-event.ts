import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {command} from '../shared/cli/command'
import {text} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {readCatalogue} from './catalogue/catalogue'
import {page} from './catalogue/page'
import {wiringFile} from '../shared/wiring/wiring'
import {newEvent} from './scaffold/event'

const root = join(import.meta.dirname, '..')

const next = (event: string): string => `
Next:
  - describe the detail in src/types/events/${event}/schema.json and examples/, then npm run contracts: the examples show every property
  - publish${event} it from one function, whose policy takes data.aws_iam_policy_document.Publish["${event}"]
  - npm run new:lambda -- <Name> --on ${event} makes a consumer
  - npm run wiring && npm run contracts:docs, and commit what they write`

process.exitCode = await runCommand(command({
  name: 'npm run new:event --', summary: 'Writes contract, example and helper of a new event.', words: '<name>',
  notes: 'name: what happened, for example FileThumbnailMade.',
  options: {
    source: text('domain', 'of the publisher: download makes the source mediadownloader.download'),
    says: text('sentence', 'what the event says')
  },
  run: async ({words: [event], source, says}) => {
    const written = await newEvent(root, {event, domain: source, says})
    if (existsSync(join(root, wiringFile))) {
      writeFileSync(join(root, 'docs/events.md'), page(readCatalogue(root)))
      written.push('docs/events.md')
    }
    return {value: written, text: [...written.map((path) => `wrote ${path}`), next(event!)].join('\n')}
  }
}), process.argv.slice(2))
