import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {generate} from '../contracts/generate'
import {refusals} from '../contracts/refusals'
import {eventsFolder, parseSchema, readContracts} from '../../shared/contracts/schema'
import {createFiles} from './files'
import {checkName, checkSentence} from './names'
import {render} from './template'

export interface NewEvent {
  readonly event: string | undefined
  readonly domain: string | undefined
  readonly says?: string
}

const helpersFile = 'src/util/eventbridge-helpers.ts'

/** Puts the publish helper after the last of them. */
const withHelper = (text: string, helper: string): string => {
  const last = [...text.matchAll(/^export const publish[A-Z]\w* = .*\n {2}publishEvents\(.*\n/gm)].at(-1)
  if (last === undefined) {
    throw new Error(`Expected ${helpersFile} to have a publish helper; found none.`)
  }
  const at = last.index + last[0].length
  return `${text.slice(0, at)}\n${helper}${text.slice(at)}`
}

/** `FileThumbnailMade` says what is known of it: someone will say more. */
const sentence = (event: string): string => `${event.replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)}.`

const checkDomain = (domain: string | undefined): string => {
  if (domain === undefined || !/^[a-z][a-z0-9-]*$/.test(domain)) {
    throw new Error(`Expected --source to be a domain such as download, which makes the source mediadownloader.download; got '${domain ?? ''}'.`)
  }
  return `mediadownloader.${domain}`
}

/** Writes a new contract with an example, its publish helper, and whatever is generated from contracts. Returns the paths that were written. */
export const newEvent = async (root: string, asked: NewEvent): Promise<string[]> => {
  const event = checkName('the event', asked.event)
  const values = {Event: event, source: checkDomain(asked.domain), says: checkSentence(asked.says ?? sentence(event))}
  if (readContracts(root).some((contract) => contract.event === event)) {
    throw new Error(`Expected a new event; ${event} is one already.`)
  }
  const schema = render('event/schema.json', values)
  const problems = refusals({event, schema: parseSchema(schema, event)})
  if (problems.length > 0) {
    throw new Error(problems.join('\n'))
  }
  const helpers = withHelper(readFileSync(join(root, helpersFile), 'utf8'), render('event/helper.ts', values))
  const created = createFiles(root, {
    [`${eventsFolder}/${event}/schema.json`]: schema,
    [`${eventsFolder}/${event}/examples/first.json`]: render('event/example.json', values)
  })
  const {files} = await generate(root)
  const changed = [...files, [helpersFile, helpers] as const]
  changed.forEach(([path, text]) => writeFileSync(join(root, path), text))
  return [...created, ...changed.map(([path]) => path)]
}
