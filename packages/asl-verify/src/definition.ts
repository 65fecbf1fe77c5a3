import {formatPointer} from './finding'

/** An entry of Retry. */
export interface Retrier {
  readonly ErrorEquals: readonly string[]
  readonly IntervalSeconds?: number
  readonly MaxAttempts?: number
  readonly BackoffRate?: number
  readonly MaxDelaySeconds?: number
  readonly JitterStrategy?: string
}

/** An entry of Catch. */
export interface Catcher {
  readonly ErrorEquals: readonly string[]
  readonly ResultPath?: string | null
  readonly Next: string
}

/** A rule of a Choice, or a part of one. */
export type ChoiceRule = Readonly<Record<string, unknown>> & {
  readonly Next?: string
  readonly Variable?: string
  readonly And?: readonly ChoiceRule[]
  readonly Or?: readonly ChoiceRule[]
  readonly Not?: ChoiceRule
}

type Template = Readonly<Record<string, unknown>>

/** The fields of a state, whatever its type; those that a type does not have stay undefined. https://states-language.net/#states-fields */
export interface State {
  readonly Type: 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Map' | 'Parallel'
  readonly Comment?: string
  readonly QueryLanguage?: string
  readonly Next?: string
  readonly End?: boolean
  readonly InputPath?: string | null
  readonly OutputPath?: string | null
  readonly ResultPath?: string | null
  readonly Parameters?: Template
  readonly ResultSelector?: Template
  readonly Result?: unknown
  readonly Resource?: string
  readonly TimeoutSeconds?: number
  readonly TimeoutSecondsPath?: string
  readonly HeartbeatSeconds?: number
  readonly HeartbeatSecondsPath?: string
  readonly Retry?: readonly Retrier[]
  readonly Catch?: readonly Catcher[]
  readonly Choices?: readonly ChoiceRule[]
  readonly Default?: string
  readonly Seconds?: number
  readonly SecondsPath?: string
  readonly Timestamp?: string
  readonly TimestampPath?: string
  readonly Error?: string
  readonly ErrorPath?: string
  readonly Cause?: string
  readonly CausePath?: string
  readonly ItemsPath?: string
  readonly ItemSelector?: Template
  readonly ItemReader?: Template
  readonly ItemBatcher?: Template
  readonly ResultWriter?: Template
  readonly MaxConcurrency?: number
  readonly MaxConcurrencyPath?: string
  readonly ItemProcessor?: Machine
  readonly Iterator?: Machine
  readonly Branches?: readonly Machine[]
  readonly [member: string]: unknown
}

/** A workflow, or what a Map or Parallel runs. */
export interface Machine {
  readonly Comment?: string
  readonly QueryLanguage?: string
  readonly TimeoutSeconds?: number
  readonly StartAt: string
  readonly States: Readonly<Record<string, State>>
}

/** The states that a Map runs for each item; a valid Map has them in one of two fields. */
export const itemProcessor = ({ItemProcessor, Iterator}: State): Machine => (ItemProcessor ?? Iterator)!

/** A machine and its place; pointers of its states begin there. */
export interface PlacedMachine {
  readonly machine: Machine
  readonly pointer: string
}

/** A state with its name and place. */
export interface PlacedState {
  readonly name: string
  readonly state: State
  readonly pointer: string
}

export const listStates = ({machine, pointer}: PlacedMachine): PlacedState[] =>
  Object.entries(machine.States).map(([name, state]) => ({name, state, pointer: `${pointer}${formatPointer('States', name)}`}))

/** The machines that a state runs: of a Map one, of a Parallel several. */
export const innerMachines = ({state, pointer}: PlacedState): PlacedMachine[] => [
  ...(['ItemProcessor', 'Iterator'] as const).flatMap((field) => state[field] === undefined ? [] : [{machine: state[field], pointer: `${pointer}/${field}`}]),
  ...(state.Branches ?? []).map((machine, index) => ({machine, pointer: `${pointer}/Branches/${index}`}))
]

/** A machine and all machines inside of it. */
export const allMachines = (placed: PlacedMachine): PlacedMachine[] =>
  [placed, ...listStates(placed).flatMap(innerMachines).flatMap(allMachines)]

/** Every state, also inside Map and Parallel, in the order of the text. */
export const allStates = (placed: PlacedMachine): PlacedState[] =>
  listStates(placed).flatMap((state) => [state, ...innerMachines(state).flatMap(allStates)])
