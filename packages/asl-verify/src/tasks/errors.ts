import data from '../data/services.json' with {type: 'json'}
import type {Catcher, Retrier, State} from '../definition'
import type {Facts} from '../facts/facts'
import {takes} from '../matching'
import {calledBy, functionName} from './integration'

/**
 * What to do about an error: `answer` is a condition that does not hold, `transient` must be tried again, `retriable` may be,
 * `wait` is due again when the source says, `permanent` never helps to try again, of `other` nothing is known.
 */
export type Kind = typeof kinds[number]

const kinds = ['answer', 'transient', 'retriable', 'wait', 'permanent', 'other'] as const

/** An error that a task may have. */
export interface PossibleError {
  readonly name: string
  readonly kind: Kind
  /** Thrown by the code of a function: Cause is JSON then. */
  readonly isThrown: boolean
  /** Named in errorTable. */
  readonly isOurs: boolean
}

const services: Readonly<Record<string, Readonly<Record<string, string>>>> = data

/** Names that stand for others. */
export const wildcards = ['States.ALL', 'States.TaskFailed']

const serviceErrors = (service: string): PossibleError[] => Object.entries(services[service] ?? {}).map(([name, kind]) =>
  ({name, kind: kinds.find((each) => each === kind) ?? 'other', isThrown: /^(Sandbox|Runtime)\.|^Error$/.test(name), isOurs: false}))

/** Errors that the code of a function may throw: any of ours, since it calls our library. */
const ourErrors = ({errors, policy: {categories}}: Facts): PossibleError[] => Object.entries(errors).map(([name, {category, ...traits}]) => ({
  name,
  kind: categories.retried.includes(category) ? 'transient' : categories.waited.includes(category) ? 'wait' : traits.retryable ? 'retriable' : 'permanent',
  isThrown: true,
  isOurs: true
}))

/** Every error that a task may have, by the documentation of its integration and by errorTable. */
export const taskErrors = (state: State, facts: Facts): PossibleError[] => {
  const service = calledBy(state)?.service ?? ''
  const hasHeartbeat = state.HeartbeatSeconds !== undefined || state.HeartbeatSecondsPath !== undefined
  const isConditional = state.Parameters?.ConditionExpression !== undefined || service !== 'dynamodb'
  return [
    ...serviceErrors('any').filter(({name}) => hasHeartbeat || name !== 'States.HeartbeatTimeout'),
    ...serviceErrors(service).filter(({kind}) => isConditional || kind !== 'answer'),
    ...(functionName(state) === undefined ? [] : ourErrors(facts))
  ]
}

/** Errors of a Map or Parallel beside those of the states inside; these were tried again inside already. */
export const containerErrors = (state: State, inner: readonly PossibleError[]): PossibleError[] => [
  ...(state.Type === 'Map' ? serviceErrors('map') : []),
  ...inner.map((each): PossibleError => ({...each, kind: each.kind === 'transient' ? 'retriable' : each.kind}))
]

/** The errors that each entry really gets, since the first that fits takes an error. */
export const shareOut = <T extends Pick<Catcher, 'ErrorEquals'>>(handlers: readonly T[], errors: readonly PossibleError[]): Array<{handler: T, errors: PossibleError[]}> =>
  handlers.map((handler) => ({handler, errors: errors.filter(({name}) => handlers.find((each) => takes(each, name)) === handler)}))

/** Whether a retrier tries again at all. */
export const retries = ({MaxAttempts}: Retrier): boolean => MaxAttempts !== 0
