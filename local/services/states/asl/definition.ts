/** A retrier of a Task, Parallel or Map state. */
export interface Retrier {
  readonly ErrorEquals: readonly string[]
  readonly IntervalSeconds?: number
  readonly MaxAttempts?: number
  readonly BackoffRate?: number
  readonly MaxDelaySeconds?: number
  readonly JitterStrategy?: 'FULL' | 'NONE'
}

export interface Catcher {
  readonly ErrorEquals: readonly string[]
  readonly ResultPath?: string | null
  readonly Next: string
}

/** A rule of a Choice state: one comparison, or rules joined by And, Or, Not. */
export interface ChoiceRule {
  readonly Variable?: string
  readonly Next?: string
  readonly And?: readonly ChoiceRule[]
  readonly Or?: readonly ChoiceRule[]
  readonly Not?: ChoiceRule
  readonly [comparison: string]: unknown
}

/** Any state: https://states-language.net/#states-fields. Members that a type does not have stay undefined. */
export interface State {
  readonly Type: 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map'
  readonly Next?: string
  readonly End?: boolean
  readonly InputPath?: string | null
  readonly OutputPath?: string | null
  readonly Parameters?: unknown
  readonly ResultSelector?: unknown
  readonly ResultPath?: string | null
  readonly Result?: unknown
  readonly Resource?: string
  readonly Retry?: readonly Retrier[]
  readonly Catch?: readonly Catcher[]
  readonly Choices?: readonly ChoiceRule[]
  readonly Default?: string
  readonly Branches?: readonly StateMachine[]
  readonly Iterator?: StateMachine
  readonly ItemProcessor?: StateMachine
  readonly ItemSelector?: unknown
  readonly ItemsPath?: string
  readonly ItemReader?: unknown
  readonly [member: string]: unknown
}

/** A state machine, a branch of a Parallel or the processor of a Map. */
export interface StateMachine {
  readonly StartAt: string
  readonly States: Readonly<Record<string, State>>
  readonly TimeoutSeconds?: number
  readonly QueryLanguage?: string
}

/** The states that a Map runs for each item. */
export const processorOf = (state: State): StateMachine => (state.ItemProcessor ?? state.Iterator) as StateMachine
