import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {describeError} from '../shared/errors'
import {readCatalogue} from './catalogue/catalogue'
import {page} from './catalogue/page'
import {wiringFile} from '../shared/wiring/wiring'
import {newEvent} from './scaffold/event'

const root = join(import.meta.dirname, '..')
const usage = `npm run new:event -- NAME --source DOMAIN [--says SENTENCE]
  NAME      what happened, for example FileThumbnailMade
  --source  domain of the publisher: download makes the source mediadownloader.download
  --says    what the event says, in one sentence`

const next = (event: string): string => `
Next:
  - describe the detail in src/types/events/${event}/schema.json and examples/, then npm run contracts: the examples show every property
  - publish${event} it from one function, whose policy takes data.aws_iam_policy_document.Publish["${event}"]
  - npm run new:lambda -- <Name> --on ${event} makes a consumer
  - npm run wiring && npm run contracts:docs, and commit what they write`

const main = async (): Promise<void> => {
  const {values: {source, says, help}, positionals: [event]} = parseArgs({
    allowPositionals: true, options: {source: {type: 'string'}, says: {type: 'string'}, help: {type: 'boolean', default: false}}
  })
  if (help) {
    console.log(usage)
    return
  }
  const written = await newEvent(root, {event, domain: source, says})
  if (existsSync(join(root, wiringFile))) {
    writeFileSync(join(root, 'docs/events.md'), page(readCatalogue(root)))
    written.push('docs/events.md')
  }
  console.log(written.map((path) => `wrote ${path}`).join('\n'))
  console.log(next(event!))
}

await main().catch((error: unknown) => {
  console.error(`${describeError(error)}\n\n${usage}`)
  process.exitCode = 1
})
