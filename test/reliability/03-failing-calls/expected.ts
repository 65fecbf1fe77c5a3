import type {Effect} from '../../../local/lab/faults/fault'
import type {Outcome} from '../world/outcome'
import type {SystemCall} from './calls'

/** How a job may end whose call fails permanently. */
export type End =
  /** The API said no: nothing was promised. */
  | 'refused'
  /** As if nothing had failed. */
  | 'done'
  /** The user was notified that it failed. */
  | 'told'
  /** No one could be notified, but the record says it and the execution failed, which raises an alarm. */
  | 'recorded'
  /** The message about it waits where operators look. */
  | 'dead letter'

export interface Ended {
  readonly outcome: Outcome
  readonly answered: number
  /** Queues with a message about the job. */
  readonly queues: readonly string[]
  /** How its execution ended, if it had one. */
  readonly execution?: string | undefined
}

/** How it ended; throws if no one would know. */
export const endOf = ({outcome, answered, queues, execution}: Ended): End => {
  const {status, pushes, objects} = outcome
  if (answered >= 500) {
    return 'refused'
  }
  if (queues.length > 0) {
    return 'dead letter'
  }
  if (status === 'Downloaded' && objects === 1 && pushes.join() === 'Download Complete') {
    return 'done'
  }
  if (pushes.join() === 'Download Failed') {
    return 'told'
  }
  if (status === 'Failed' && execution === 'FAILED') {
    return 'recorded'
  }
  throw new Error(`silent: ${JSON.stringify({outcome, answered, queues, execution})}`)
}

interface Rule {
  readonly by: RegExp
  readonly at: RegExp
  readonly end: End
  /** The queue that the message must be in. */
  readonly queue?: string
}

/** What a call that fails permanently must lead to; the first rule that fits. */
const rules: readonly Rule[] = [
  {by: /^RequestFile$/, at: /./, end: 'refused'},
  // What a look brings is left to the transfer then.
  {by: /^StartFileUpload$/, at: /^s3\./, end: 'done'},
  {by: /^StartFileUpload$/, at: /./, end: 'dead letter', queue: 'StartFileUpload-failed'},
  {by: /^S3ObjectCreated$/, at: /./, end: 'dead letter', queue: 'S3ObjectCreated-failed'},
  {by: /^SendPushNotification$/, at: /./, end: 'dead letter', queue: 'SendPushNotification-failed'},
  {by: /^events$/, at: /^states\./, end: 'dead letter', queue: 'TriggerFileDownload-undelivered'},
  {by: /^events$/, at: /^lambda\./, end: 'dead letter', queue: 'FileRequested-undelivered'},
  {by: /^states$/, at: /^events\./, end: 'recorded'},
  {by: /./, at: /./, end: 'told'}
]

const ruleFor = ({by, at}: SystemCall): Rule => rules.find((rule) => rule.by.test(by) && rule.at.test(at))!

/** What is wrong with how a job ended; undefined if it is right. What was done without an answer may as well be found done, or be reported. */
export const problemOf = (call: SystemCall & {readonly effect: Effect, readonly forGood: boolean}, ended: Ended): string | undefined => {
  const end = endOf(ended)
  const {end: expected, queue} = call.forGood ? ruleFor(call) : {end: 'done' as const, queue: undefined}
  if ((end === 'done' || end === 'told') && call.effect === 'timeout' && call.forGood) {
    return undefined
  }
  if (end !== expected) {
    return `expected '${expected}', got '${end}'`
  }
  return queue === undefined || ended.queues.includes(queue) ? undefined : `expected a message in ${queue}, got ${ended.queues.join(', ')}`
}
