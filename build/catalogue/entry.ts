import {eventsFolder, readSource} from '../../shared/contracts/schema'
import type {Entry, Example, Publisher} from './catalogue'
import {code, fence, link, listed, paragraphs, table} from './markdown'
import {listProperties, describeType} from './properties'
import type {Rule, Target} from './rules'

/** A function or workflow as a link to what it is, as seen from docs/. */
export const actor = (name: string, isWorkflow: boolean): string =>
  link(name, isWorkflow ? `../terraform/workflows/${name}.asl.json` : `../src/lambdas/${name}/src/index.ts`)

const published = (publishers: readonly Publisher[]): string => publishers.length === 0
  ? 'no one yet'
  : listed(publishers.map(({name, states}) => states.length === 0 ? actor(name, false) : `${actor(name, true)} (${listed(states.map((state) => `state ${code(state)}`))})`))

const target = ({kind, name}: Target): string => kind === 'function' || kind === 'workflow' ? actor(name, kind === 'workflow') : `the ${kind} ${code(name)}`

/** Who gets the event, by all rules that are on. */
export const consumers = (rules: readonly Rule[]): string => {
  const names = rules.flatMap(({enabled, targets}) => targets.map((one) => enabled ? target(one) : `${target(one)} (rule is off)`))
  return names.length === 0 ? 'no one yet; the archive keeps it' : listed([...new Set(names)])
}

const hours = (seconds: number): string => seconds % 3_600 === 0 ? `${seconds / 3_600} h` : seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`

/** One line for each target: what is tried, and where the event lies when nothing helped. */
export const deliveries = (rules: readonly Rule[]): string => table(
  ['Rule', 'Target', 'EventBridge retries', 'Not delivered', 'Delivered, but the function failed'],
  rules.flatMap(({name, enabled, targets}) => targets.map((one) => [
    enabled ? code(name) : `${code(name)} (off)`,
    target(one),
    `${one.retries} times within ${hours(one.retrySeconds)}`,
    one.deadLetterQueue === undefined ? '**lost**' : code(one.deadLetterQueue),
    one.onFailure === undefined ? '–' : `${one.onFailure.retries} more tries, then ${code(one.onFailure.queue)}`
  ]))
)

/** A member a line; the whole would take twenty. */
export const shown = (pattern: Rule['pattern']): string => {
  const members = ['source', 'detail-type', ...Object.keys(pattern).sort()].filter((name, index, names) => name in pattern && names.indexOf(name) === index)
  return `{\n${members.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(pattern[name])}`).join(',\n')}\n}`
}

const patterns = (rules: readonly Rule[]): string => paragraphs(rules.map(({name, description, pattern, targets}) => paragraphs([
  `${code(name)}: ${description} Its pattern:`,
  fence('json', shown(pattern)),
  ...targets.filter(({input}) => input !== undefined).map(({name: to, input}) => `${to} gets ${code(input!)}, not the event.`)
])))

const properties = ({schema}: Entry): string => table(
  ['Property', 'Type', 'Required', 'Description'],
  listProperties(schema).map(({path, schema: property, required}) => [code(path), describeType(property), required ? 'yes' : '', property.description ?? ''])
)

const furtherExamples = ({event}: Entry, examples: readonly Example[]): string => examples.length === 0
  ? ''
  : `More: ${listed(examples.map(({file}) => link(file, `../${eventsFolder}/${event}/examples/${file}`)))}.`

/** The fullest example says most. */
const byLength = (one: Example, other: Example): number => other.text.length - one.text.length || (one.file < other.file ? -1 : 1)

/** The section of one event. */
export const section = (entry: Entry): string => {
  const {event, schema, version, publishers, rules} = entry
  const [first, ...others] = entry.examples.toSorted(byLength)
  return paragraphs([
    `## ${event}`,
    schema.description ?? '',
    [
      `- Source: ${code(readSource(schema))}`,
      `- Published by ${published(publishers)}`,
      `- Consumed by ${consumers(rules)}`,
      `- Contract: ${link('schema.json', `../${eventsFolder}/${event}/schema.json`)}, version ${code(version)}`
    ].join('\n'),
    '### Detail',
    properties(entry),
    first === undefined ? '' : `For example (${link(first.file, `../${eventsFolder}/${event}/examples/${first.file}`)}):\n\n${fence('json', first.text)}`,
    furtherExamples(entry, others),
    rules.length === 0 ? '' : '### Delivery',
    deliveries(rules),
    patterns(rules)
  ])
}
