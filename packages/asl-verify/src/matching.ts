import type {Catcher} from './definition'

/** Neither Retry nor Catch of States.ALL sees these. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const terminalErrors: readonly string[] = ['States.DataLimitExceeded', 'States.Runtime']

const timeouts = ['States.Timeout', 'States.HeartbeatTimeout']

/** Whether a retrier or catcher takes an error: States.ALL takes all but what is terminal, States.TaskFailed all but timeouts as well. */
export const takes = ({ErrorEquals}: Pick<Catcher, 'ErrorEquals'>, error: string): boolean => error !== 'States.Runtime' && ErrorEquals.some((name) =>
  name === error
  || (name === 'States.ALL' && !terminalErrors.includes(error))
  || (name === 'States.TaskFailed' && !terminalErrors.includes(error) && !timeouts.includes(error))
  || (name === 'States.Timeout' && timeouts.includes(error)))
