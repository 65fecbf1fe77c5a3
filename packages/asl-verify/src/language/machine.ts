import type {Report} from '../finding'
import {type Fields, isObject} from '../guards'
import {checkFields, field, required, type Table} from './fields'
import {checkProcessorConfig} from './map'
import {into, type Place, tell} from './place'
import {checkState} from './states'
import {integer, maxSeconds, name, object, keyword, text} from './values'

/** Machines within a machine have less than the outermost. */
const inner: Table = {
  Comment: field(text), StartAt: required(name), States: required(object), QueryLanguage: field(keyword('JSONPath', 'JSONata'))
}
const outermost: Table = {...inner, Version: field(keyword('1.0')), TimeoutSeconds: field(integer(1, maxSeconds))}
const processor: Table = {...inner, ProcessorConfig: field(checkProcessorConfig)}

/** What all machines of a definition share. */
interface Whole {
  readonly names: Set<string>
  readonly labels: Set<string>
  readonly isJsonata: boolean
}

interface Target {
  readonly to: unknown
  readonly path: readonly (string | number)[]
}

const listTargets = (state: Fields): Target[] => [
  ...(state.Next === undefined ? [] : [{to: state.Next, path: ['Next']}]),
  ...(state.Default === undefined ? [] : [{to: state.Default, path: ['Default']}]),
  ...(['Choices', 'Catch'] as const).flatMap((key) => toItems(state[key]).flatMap((entry, index) =>
    isObject(entry) && entry.Next !== undefined ? [{to: entry.Next, path: [key, index, 'Next']}] : []))
]

const toItems = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : []

const leadsOn = (state: unknown): boolean => isObject(state) && state.End !== true && (state.Next !== undefined || state.Type === 'Choice')

/** Every target is a state beside, every state is reached, and one ends the machine. */
const checkFlow = (machine: Fields, states: Fields, place: Place): void => {
  const ways = new Map(Object.entries(states).map(([from, state]) => [from, isObject(state) ? listTargets(state) : []]))
  const unknown = [...ways].flatMap(([from, targets]) => targets.filter(({to}) => typeof to === 'string' && !ways.has(to)).map((target) => ({from, ...target})))
  for (const {from, to, path} of unknown) {
    tell({...into(place, 'States', from, ...path), state: from}, 'the name of a state beside this one', `"${String(to)}"`, 'Correct the name; states within other branches cannot be reached.')
  }
  if (typeof machine.StartAt === 'string' && !ways.has(machine.StartAt)) {
    tell(into(place, 'StartAt'), 'the name of a state in States', `"${machine.StartAt}"`, 'Name the state to begin with.')
  } else if (typeof machine.StartAt === 'string' && unknown.length === 0) {
    checkReach(machine.StartAt, states, ways, place)
  }
}

const checkReach = (start: string, states: Fields, ways: ReadonlyMap<string, readonly Target[]>, place: Place): void => {
  const reached = new Set([start])
  for (const from of reached) {
    ways.get(from)?.forEach(({to}) => reached.add(String(to)))
  }
  for (const each of [...ways.keys()].filter((key) => !reached.has(key))) {
    tell({...into(place, 'States', each), state: each}, `a way from ${start} to ${each}`, 'none', 'Lead there by Next, Default or Catch, or remove the state.', 'state-unreachable')
  }
  if (Object.values(states).every(leadsOn)) {
    tell(into(place, 'States'), 'a state that ends the machine', 'none', 'Write "End": true in the last state, or add a Succeed or Fail.')
  }
}

const checkMachine = (machine: unknown, table: Table, what: string, place: Place, whole: Whole): void => {
  if (!checkFields(machine, table, what, place) || !isObject(machine.States)) {
    return
  }
  for (const [key, state] of Object.entries(machine.States)) {
    checkPlaced(state, key, {...into(place, 'States', key), state: key}, whole)
  }
  if (Object.keys(machine.States).length === 0) {
    tell(into(place, 'States'), 'at least one state', 'none', 'Add a state.')
  } else {
    checkFlow(machine, machine.States, place)
  }
}

/** A state of a machine: by itself, and as one of all states of the definition. */
const checkPlaced = (state: unknown, key: string, outer: Place, whole: Whole): void => {
  const {QueryLanguage: language, Label: label, Branches: branches, ItemProcessor: item, Iterator: iterator} = isObject(state) ? state : {}
  const place = {...outer, isJsonata: language === undefined ? whole.isJsonata : language === 'JSONata'}
  if (whole.isJsonata && language === 'JSONPath') {
    tell(into(place, 'QueryLanguage'), 'JSONata, as the state machine says', 'JSONPath', 'Remove it: JSONPath cannot be used within JSONata.')
  }
  checkUnique(whole.names, key, place, 'a name that no other state of the whole definition has')
  checkUnique(whole.labels, label, into(place, 'Label'), 'a label that no other Map has')
  checkState(state, key, place)
  checkInner(branches, item, iterator, {...place, isJsonata: whole.isJsonata}, whole)
}

const checkInner = (branches: unknown, item: unknown, iterator: unknown, place: Place, whole: Whole): void => {
  if (branches !== undefined && toItems(branches).length === 0) {
    tell(into(place, 'Branches'), 'a list of at least one branch', Array.isArray(branches) ? 'an empty list' : 'no list', 'Add a branch with StartAt and States.')
  }
  toItems(branches).forEach((branch, index) => checkMachine(branch, inner, 'a branch', into(place, 'Branches', index), whole))
  for (const [key, value] of Object.entries({ItemProcessor: item, Iterator: iterator}).filter(([, each]) => each !== undefined)) {
    checkMachine(value, processor, key, into(place, key), whole)
  }
}

const checkUnique = (known: Set<string>, value: unknown, place: Place, expected: string): void => {
  if (typeof value === 'string' && known.has(value)) {
    tell(place, expected, `"${value}" for the second time`, 'Rename one of them.')
  } else if (typeof value === 'string') {
    known.add(value)
  }
}

/** Checks a definition by the rules of the Amazon States Language and those of AWS: what it refuses to create. */
export const checkDefinition = (definition: unknown, report: Report): void => {
  const isJsonata = isObject(definition) && definition.QueryLanguage === 'JSONata'
  const place: Place = {pointer: '', state: '', isJsonata, report}
  checkMachine(definition, outermost, 'the state machine', place, {names: new Set(), labels: new Set(), isJsonata})
}
