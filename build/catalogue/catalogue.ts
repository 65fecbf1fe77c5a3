import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {publishingStates} from '../contracts/asl'
import {eventsFolder, readContracts, type Schema} from '../../shared/contracts/schema'
import {contractVersion} from '../../shared/contracts/version'
import {readWiring, wiringFile, type WiredResource} from '../../shared/wiring/wiring'
import {listFeeds} from './feeds'
import {findGrants} from './grants'
import {type Feed, inOrder} from './order'
import {rulesIn, type Rule} from './rules'

/** Who publishes an event; a workflow by these of its states. */
export interface Publisher {
  readonly name: string
  readonly states: readonly string[]
}

export interface Example {
  readonly file: string
  readonly text: string
}

/** All that is known of one event. */
export interface Entry {
  readonly event: string
  readonly schema: Schema
  readonly version: string
  readonly examples: readonly Example[]
  readonly publishers: readonly Publisher[]
  readonly rules: readonly Rule[]
}

export interface Catalogue {
  readonly bus: string
  readonly registry: string
  readonly archive: {readonly name: string, readonly days: number}
  /** From the first to the last in the life of a file. */
  readonly entries: readonly Entry[]
  /** Rules that name no event: they match every one. */
  readonly rulesOfAll: readonly Rule[]
  readonly feeds: readonly Feed[]
}

const readExamples = (root: string, event: string): Example[] => {
  const folder = join(root, eventsFolder, event, 'examples')
  return readdirSync(folder).sort().map((file) => ({file, text: readFileSync(join(folder, file), 'utf8').trim()}))
}

const findPublishers = (root: string, resources: readonly WiredResource[], event: string): Publisher[] => {
  const states = publishingStates(root).filter(({entry}) => entry.DetailType === event)
  return findGrants(resources, 'events:PutEvents').filter(({events}) => events.includes(event)).map(({role}) => ({
    name: role, states: states.filter(({workflow}) => workflow === role).map(({state}) => state)
  })).sort((one, other) => one.name < other.name ? -1 : 1)
}

/** Reads the catalogue from contracts, workflows and wiring below a repository root. */
export const readCatalogue = (root: string): Catalogue => {
  const resources = readWiring(join(root, wiringFile)).resources
  const named = (type: string): WiredResource['values'] => resources.find((resource) => resource.type === type)?.values ?? {}
  const rules = rulesIn(resources)
  const contracts = readContracts(root)
  const feeds = listFeeds(resources, contracts.map(({event}) => event))
  const archive = named('aws_cloudwatch_event_archive')
  return {
    bus: String(named('aws_cloudwatch_event_bus').name),
    registry: String(named('aws_schemas_registry').name),
    archive: {name: String(archive.name), days: Number(archive.retention_days)},
    feeds,
    rulesOfAll: rules.filter((rule) => rule.pattern['detail-type'] === undefined),
    entries: inOrder(feeds, contracts).map(({event, schema}) => ({
      event, schema, version: contractVersion(schema), examples: readExamples(root, event), publishers: findPublishers(root, resources, event),
      rules: rules.filter((rule) => rule.pattern['detail-type']?.includes(event))
    }))
  }
}
