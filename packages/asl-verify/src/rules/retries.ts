import {allStates, type PlacedState, type Retrier} from '../definition'
import type {Code} from '../codes'
import type {Facts} from '../facts/facts'
import type {Report} from '../finding'
import {type Kind, type PossibleError, retries, shareOut, taskErrors} from '../tasks/errors'
import type {Rule} from './rule'

const defaultAttempts = 3
const maxAttempts = 100

const listNames = (errors: readonly PossibleError[]): string => {
  const names = errors.map(({name}) => name)
  return names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ')
}

/** What may pass is tried again, with patience; what will not, or must wait for its time, is not. */
export const checkRetries: Rule = (workflow, facts, report) => allStates(workflow).filter(({state}) => state.Type === 'Task').forEach((placed) => {
  const errors = taskErrors(placed.state, facts)
  const shared = shareOut(placed.state.Retry ?? [], errors).filter(({handler}) => retries(handler))
  shared.forEach(({handler, errors: taken}) => checkRetrier(placed, handler, taken, facts, report))
  const tried = shared.flatMap(({errors: taken}) => taken)
  const missed = errors.filter((error) => error.kind === 'transient' && !tried.includes(error))
  if (missed.length > 0) {
    report({code: 'retry-missing', state: placed.name, pointer: `${placed.pointer}${placed.state.Retry === undefined ? '' : '/Retry'}`, sentence: `Expected a retry of ${listNames(missed)}, which pass by themselves; found none. Name them in Retry.`})
  }
})

const checkRetrier = (placed: PlacedState, retrier: Retrier, taken: readonly PossibleError[], facts: Facts, report: Report): void => {
  const {name, state, pointer} = placed
  const of = (...kinds: readonly Kind[]): PossibleError[] => taken.filter(({kind}) => kinds.includes(kind))
  const tell = (code: Code, sentence: string): void =>
    report({code, state: name, pointer: `${pointer}/Retry/${state.Retry!.indexOf(retrier)}`, sentence})
  if (of('permanent', 'answer').length > 0) {
    tell('retry-permanent', `Expected retries of what may pass; found ${listNames(of('permanent', 'answer'))}, which stays as it is. Name the errors to retry, or put an entry with MaxAttempts 0 before.`)
  }
  if (of('wait').length > 0) {
    tell('retry-wait', `Expected ${listNames(of('wait'))} to wait for the time that the source names; found a retry after seconds, which only annoys it. Catch them, wait by TimestampPath, then look again.`)
  }
  const careless = carelessness(retrier)
  if (careless.length > 0) {
    tell('retry-careless', `Expected retries that grow, up to a limit, with jitter; found ${careless.join(', ')}. Add what is missing.`)
  }
  const source = of('transient').filter((error) => error.isOurs && !facts.policy.slow.includes(error.name))
  const seconds = totalWait(retrier)
  if (source.length > 0 && seconds < facts.policy.patienceSeconds) {
    tell('retry-impatient', `Expected retries of ${listNames(source)} to last at least ${facts.policy.patienceSeconds} s; found ${Math.round(seconds)} s in all. Wait longer, or try more often.`)
  }
}

const carelessness = ({MaxAttempts = defaultAttempts, BackoffRate = 2, MaxDelaySeconds, JitterStrategy}: Retrier): string[] => [
  ...(BackoffRate > 1 ? [] : [`BackoffRate ${BackoffRate}`]),
  ...(MaxDelaySeconds === undefined ? ['no MaxDelaySeconds'] : []),
  ...(JitterStrategy === 'FULL' ? [] : ['no JitterStrategy FULL']),
  ...(MaxAttempts <= maxAttempts ? [] : [`${MaxAttempts} attempts`])
]

/** Seconds that a retrier waits in all, without jitter. */
const totalWait = ({IntervalSeconds = 1, MaxAttempts = defaultAttempts, BackoffRate = 2, MaxDelaySeconds = Infinity}: Retrier): number =>
  Array.from({length: Math.min(MaxAttempts, maxAttempts)}, (_, index) => Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** index))
    .reduce((sum, each) => sum + each, 0)
