import {ServiceError} from '../../runtime/core/errors'
import {type Documents, openDocuments} from '../../runtime/core/documents'
import {transaction} from '../../runtime/core/store'
import {findPlace} from '../../../shared/wiring/place'
import type {EventsDeps} from './deps'
import type {EventFields} from '../../../shared/patterns/event-fields'
import type {Archive, Bus, Rule} from './model'
import type {Pattern} from '../../../shared/patterns/pattern'
import {compilePattern} from './pattern'
import {ruleKey, wiredArchives, wiredBuses, wiredRules} from './wired'

/** What there is: buses, rules with their targets, archives. */
export interface Registry {
  readonly place: ReturnType<typeof findPlace>
  readonly buses: Documents<Bus>
  readonly rules: Documents<Rule>
  readonly archives: Documents<Archive>
  /** Throws ResourceNotFoundException. */
  bus: (name: string) => Bus
  /** Throws ResourceNotFoundException, for the bus or for the rule. */
  rule: (bus: string, name: string) => Rule
  /** Throws ResourceNotFoundException. */
  archive: (name: string) => Archive
  rulesOf: (bus: string) => Rule[]
  archivesOf: (busArn: string) => Archive[]
  /** Whether an event meets a rule's or an archive's pattern; an archive without one takes everything, a rule without one nothing. */
  takes: (document: Rule | Archive, fields: EventFields) => boolean
}

const missing = (message: string): never => {
  throw new ServiceError('ResourceNotFoundException', message)
}

/** Compiled patterns by their text: rules change seldom, events come often. */
const patternCache = (): ((text: string) => Pattern) => {
  const compiled = new Map<string, Pattern>()
  return (text) => {
    const pattern = compiled.get(text) ?? compilePattern(text)
    compiled.set(text, pattern)
    return pattern
  }
}

export const createRegistry = ({db, wiring}: EventsDeps): Registry => {
  const buses = openDocuments<Bus>(db, 'events_buses')
  const rules = openDocuments<Rule>(db, 'events_rules')
  const archives = openDocuments<Archive>(db, 'events_archives')
  const pattern = patternCache()
  transaction(db, () => {
    buses.deploy(wiredBuses(wiring))
    rules.deploy(wiredRules(wiring))
    archives.deploy(wiredArchives(wiring))
  })
  const bus = (name: string): Bus => buses.get(name) ?? missing(`Event bus ${name} does not exist.`)
  return {
    place: findPlace(wiring),
    buses,
    rules,
    archives,
    bus,
    rule: (busName, name) => rules.get(ruleKey(bus(busName).Name, name)) ?? missing(`Rule ${name} does not exist on EventBus ${busName}.`),
    archive: (name) => archives.get(name) ?? missing(`Archive ${name} does not exist.`),
    rulesOf: (busName) => rules.all().filter(({EventBusName}) => EventBusName === busName),
    archivesOf: (busArn) => archives.all().filter(({EventSourceArn}) => EventSourceArn === busArn),
    takes: (document, fields) => document.EventPattern === undefined ? 'ArchiveName' in document : pattern(document.EventPattern)(fields)
  }
}
