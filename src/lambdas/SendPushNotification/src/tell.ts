import type {Context} from 'aws-lambda'
import type {FileUserRecord} from '../../../types/file-user'
import {listDevices} from '../../../util/files/device-records'
import {NamedError} from '../../../util/errors'
import {settleEach, throwAny} from '../../../util/settle'
import type {Outcome} from './notice'
import {pushOnce} from './push'

type Recipient = Pick<FileUserRecord, 'userId'>

/** What of an invocation says how much time it has left. */
export type TimeLeft = Pick<Context, 'getRemainingTimeInMillis'>

const usersAtOnce = 20
const devicesAtOnce = 5
// A user takes less, even if SNS uses up its time (vendor/AWS/SNS): users whose turn has not come by then are notified in the next try.
const leastMilliseconds = 20_000

/** Whether something more may begin in an invocation. */
export const hasTime = (context: TimeLeft): boolean => context.getRemainingTimeInMillis() >= leastMilliseconds

const tellUser = async ({userId}: Recipient, outcome: Outcome, onSent: () => void): Promise<void> =>
  throwAny(await settleEach(await listDevices(userId), devicesAtOnce, async (device) => {
    if (await pushOnce(device, outcome)) {
      onSent()
    }
  }), `Expected to reach every device of user ${userId}`)

/**
 * Tells every device of the users and returns how many pushes went out; a device that fails keeps none of the others from its push. Throws
 * PushFailedError.
 */
export const tell = async (users: Iterable<Recipient>, outcome: Outcome, context: TimeLeft): Promise<number> => {
  let sent = 0
  const errors = await settleEach(users, usersAtOnce, async (user) => {
    if (!hasTime(context)) {
      throw new Error(`Expected time to tell user ${user.userId}; the invocation has none left.`)
    }
    await tellUser(user, outcome, () => { sent += 1 })
  })
  if (errors.length > 0) {
    throw new NamedError('PushFailedError',
      `Expected to tell every user of file ${outcome.fileId}; ${errors.length} could not be told, ${sent} pushes went out.`,
      {cause: new AggregateError(errors)})
  }
  return sent
}
