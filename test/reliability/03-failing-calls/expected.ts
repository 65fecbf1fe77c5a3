import type {Effect} from '../../../local/faults/fault'
import type {Outcome} from '../world/outcome'
import type {SystemCall} from './calls'

/** How a job may end whose call fails for good. */
export type End =
  /** The API said no: nothing was promised. */
  | 'refused'
  /** As if nothing had failed. */
  | 'done'
  /** The user was told that it failed. */
  | 'told'
  /** The message about it waits where operators look. */
  | 'dead letter'

export interface Ended {
  readonly outcome: Outcome
  readonly answered: number
  /** Queues with a message about the job. */
  readonly queues: readonly string[]
}

/** How it ended; throws where nobody would know. */
export const endOf = ({outcome, answered, queues}: Ended): End => {
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
  throw new Error(`silent: ${JSON.stringify({outcome, answered, queues})}`)
}

interface Rule {
  readonly by: RegExp
  readonly at: RegExp
  readonly effect?: RegExp
  readonly end: End
  /** The queue that the message must be in. */
  readonly queue?: string
}

/** What a call that fails for good must lead to; the first rule that fits. */
const rules: readonly Rule[] = [
  {by: /^RequestFile$/, at: /./, end: 'refused'},
  {by: /^StartFileUpload$/, at: /./, end: 'dead letter', queue: 'StartFileUpload-failed'},
  {by: /^S3ObjectCreated$/, at: /./, end: 'dead letter', queue: 'S3ObjectCreated-failed'},
  {by: /^SendPushNotification$/, at: /./, end: 'dead letter', queue: 'SendPushNotification-failed'},
  {by: /^events$/, at: /^states\./, end: 'dead letter', queue: 'TriggerFileDownload-undelivered'},
  {by: /^events$/, at: /^lambda\./, end: 'dead letter', queue: 'FileRequested-undelivered'},
  {by: /./, at: /./, end: 'told'}
]

export const ruleFor = ({by, at}: SystemCall, effect: Effect): Rule =>
  rules.find((rule) => rule.by.test(by) && rule.at.test(at) && (rule.effect?.test(effect) ?? true))!
