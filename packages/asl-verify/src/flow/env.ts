import type {PlacedMachine, PlacedState, State} from '../definition'
import {buildContext, type MapItem} from '../expressions/context'
import type {Scope} from '../expressions/scope'
import type {Facts} from '../facts/facts'
import type {Report} from '../finding'
import type {Shape} from '../shape/shape'

/** What the states of a machine share. */
export interface Env {
  readonly facts: Facts
  /** Undefined while the data is still being followed: faults are reported once it is settled. */
  readonly report?: Report
  /** What the execution was started with. */
  readonly executionInput: Shape
  /** In a Map: what it hands to each iteration. */
  readonly item?: MapItem
}

/** Where the data goes from a state. */
export interface Edge {
  readonly to: string
  readonly data: Shape
}

/** What a state makes of its input. */
export interface Outcome {
  readonly edges: readonly Edge[]
  /** The machine's output, if the state ends it. */
  readonly output?: Shape
}

/** What is known of a machine's data. */
export interface Flow {
  /** The input of each state, whichever way it is reached. */
  readonly inputs: ReadonlyMap<string, Shape>
  /** Undefined if no state ends the machine well. */
  readonly output: Shape | undefined
}

/** Follows the data of a machine; what a state holds is a machine again. */
export type Follow = (placed: PlacedMachine, input: Shape, env: Env) => Flow

/** On to Next, or out of the machine. */
export const onward = ({Next}: State, data: Shape, edges: readonly Edge[] = []): Outcome =>
  Next === undefined ? {edges, output: data} : {edges: [{to: Next, data}, ...edges]}

/** What expressions of a state see. */
export const createScope = ({name, state}: PlacedState, input: Shape, {report, executionInput, item}: Env): Scope => ({
  input,
  context: buildContext(executionInput, {item, hasToken: state.Resource?.endsWith('.waitForTaskToken')}),
  report: (code, pointer, sentence) => report?.({code, state: name, pointer, sentence})
})
