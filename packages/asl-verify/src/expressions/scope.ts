import type {Code} from '../codes'
import {describe, demandWord, type Demand, satisfies} from '../shape/describe'
import type {Shape} from '../shape/shape'

/** What an expression of a state sees, and where it reports faults. */
export interface Scope {
  readonly input: Shape
  /** The context object. */
  readonly context: Shape
  readonly report: (code: Code, pointer: string, sentence: string) => void
}

/** Reports a value that is not what its place demands. */
export const demand = (scope: Scope, shape: Shape, wanted: Demand, pointer: string, code: Code = 'wrong-type'): void => {
  if (!satisfies(shape, wanted)) {
    scope.report(code, pointer, `Expected ${demandWord[wanted]}; found ${describe(shape)}. Hand over a value of that type.`)
  }
}
