import type {Catcher, State} from 'asl-verify/definition'
import type {Scope} from './scope'

/** An error as Catch hands it on. */
export interface ErrorOutput {
  readonly Error: string
  readonly Cause: string
}

/**
 * How a state's members make its input and output. The engine knows states, this knows the language in which they are written;
 * `scope.input` is always the state's raw input.
 */
export interface QueryLanguage {
  /** What a Pass, Task, Parallel or Map state works on. */
  input: (state: State, scope: Scope) => unknown
  /** What a state with a result hands on. */
  output: (state: State, scope: Scope, result: unknown) => unknown
  /** What a Choice, Wait, Succeed or Fail state hands on, or sees. */
  passed: (state: State, scope: Scope) => {readonly input: unknown, readonly output: unknown}
  caught: (catcher: Catcher, scope: Scope, error: ErrorOutput) => unknown
  /** The state to continue with; undefined if no rule is met and there is no default. */
  chosen: (state: State, scope: Scope) => string | undefined
  /** A member that may be given as a value or by its `…Path`, of a state with this effective input. */
  member: (state: State, name: string, scope: Scope) => unknown
  /** The items of a Map with this effective input. */
  items: (state: State, scope: Scope) => readonly unknown[]
  /** The input of one iteration; the context object has the item. */
  item: (state: State, scope: Scope, item: unknown) => unknown
}
