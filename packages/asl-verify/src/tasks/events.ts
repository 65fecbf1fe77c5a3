import type {State} from '../definition'
import type {Scope} from '../expressions/scope'
import type {Contract, Entry, Facts} from '../facts/facts'
import {isObject} from '../guards'
import {type Demand, describe, demandWord, satisfies} from '../shape/describe'
import {lookUp} from '../shape/path'
import type {Shape} from '../shape/shape'
import {placeIn} from './place'

/** An entry as far as its contract is looked up; the rest is compared with the contract. */
const isEntry = (value: unknown): value is Entry => isObject(value)
  && [value.Source, value.DetailType].every((each) => each === undefined || typeof each === 'string')

/** Checks what a task puts onto the bus: one entry, on a bus of ours, which fits its contract in names, literals and types. */
export const checkEvents = (state: State, parameters: Shape, pointer: string, scope: Scope, facts: Facts): void => {
  const entries = state.Parameters?.Entries
  const list: readonly unknown[] = Array.isArray(entries) ? entries : []
  const [entry, ...others] = list
  if (!isEntry(entry) || others.length > 0) {
    const found = Array.isArray(entries) ? `${entries.length}` : 'what only a run can show'
    scope.report('event-entries', placeIn(state.Parameters, pointer, 'Entries'), `Expected one entry, since a retry sends all of them again; found ${found}. Publish each event by a task of its own.`)
    return
  }
  const place = (...names: string[]): string => placeIn(entry, `${pointer}/Entries/0`, ...names)
  if (entry.EventBusName === undefined && !Object.hasOwn(entry, 'EventBusName.$')) {
    scope.report('event-contract', place(), 'Expected an EventBusName; found none, which means the default bus. Name the bus by its placeholder.')
  }
  for (const misfit of facts.misfitsOf(entry)) {
    const name = /^'(\w+)'/.exec(misfit)?.[1]
    scope.report('event-contract', place(.../^Source/.test(misfit) ? ['Source'] : /^DetailType/.test(misfit) ? ['DetailType'] : name ? ['Detail', name] : ['Detail']),
      `Expected the event ${entry.DetailType} to fit its contract; found that ${misfit}. Fix the entry; the contract is src/types/events/${entry.DetailType}/schema.json.`)
  }
  const schema = facts.contracts.find(({event}) => event === entry.DetailType)?.schema
  const detail = lookUp(parameters, {segments: ['Entries', 0, 'Detail'], many: false, selectedAt: -1}).shape
  checkTypes(detail, schema, place, scope)
}

const demands: Readonly<Record<string, Demand>> = {string: 'string', number: 'number', integer: 'number', boolean: 'boolean', array: 'array', object: 'object'}

const checkTypes = (detail: Shape | undefined, schema: Contract['schema'] | undefined, place: (...names: string[]) => string, scope: Scope): void => {
  const fields = detail?.kind === 'object' ? Object.entries(detail.fields) : []
  for (const [name, {shape}] of fields) {
    const {type = '', format} = schema?.properties?.[name] ?? {}
    const wanted = format === 'date-time' ? 'date-time' : demands[type]
    if (wanted !== undefined && !satisfies(shape, wanted)) {
      scope.report('event-contract', place('Detail', name), `Expected '${name}' to be ${demandWord[wanted]}, as its contract says; found ${describe(shape)}. Hand over a value of that type.`)
    }
  }
}
