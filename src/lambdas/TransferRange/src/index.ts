import type {Context} from 'aws-lambda'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {TransferRangeInput, TransferRangeOutput} from '../../../types/workflow'
import {setCorrelation} from '../../../util/correlation'
import {type Deadline, startDeadline} from '../../../util/deadline'
import {NamedError} from '../../../util/errors'
import {rangeName} from '../../../util/files/file-progress'
import {type Connection, politely} from '../../../util/hosts/host-lease'
import {logger} from '../../../util/logger'
import {claimedRange, type RangedFile, requireSamePlan} from './claimed-range'
import {rangeFailure} from './failure'
import {bringRange, type Brought} from './range'

/** Enough to stop and to say why. */
const marginMilliseconds = 15_000
/** Longest wait for a turn at a host: the rest of the invocation is enough for some parts. */
const maxTurnMilliseconds = 300_000
/** After such a wait too little of the invocation may be left for a part. */
const longWaitMilliseconds = 60_000

const handOver = (): NamedError =>
  new NamedError('TransferTimeoutError',
    'This part of the file did not arrive within 15 minutes; the next worker continues from there. If it does not arrive at all,'
      + ' try again later.')

const buildConnection = (
  {fileId, requestedBy, reschedules}: RangedFile, index: number, {signal}: Deadline, context: Context
): Connection => {
  const milliseconds = context.getRemainingTimeInMillis()
  return {
    work: `${fileId} ${rangeName(index)}`, user: requestedBy ?? fileId, milliseconds, timesInVain: reschedules, signal,
    turnMilliseconds: Math.min(maxTurnMilliseconds, milliseconds / 2)
  }
}

export const handler = withXRay(async (input: TransferRangeInput, context: Context): Promise<TransferRangeOutput> => {
  setCorrelation(input)
  const file = await claimedRange(input)
  const deadline = startDeadline(context, marginMilliseconds, handOver())
  const brought: Brought = {parts: 0}
  const began = Date.now()
  try {
    const connection = buildConnection(file, input.index, deadline, context)
    return await politely(new URL(file.ranged.url), connection, async (release) => {
      brought.hasWaited ??= Date.now() - began > longWaitMilliseconds
      await requireSamePlan(file, input)
      return bringRange(file, input, {deadline, brought, release})
    })
  } catch (error) {
    logger.warn('The range is not whole.', {error, range: input.range, parts: brought.parts})
    throw await rangeFailure(deadline.signal.aborted ? deadline.signal.reason : error, input, file, brought)
  } finally {
    deadline.end()
  }
})
