import {sendMessage} from '../../../lib/vendor/AWS/SQS'
import {env} from '../../../util/env'
import {readFileEnd, type FileEnd, usersIn, withShards} from '../../../util/files/file-users'
import {fileKey, fileShards} from '../../../util/files/keys'
import {settleEach, throwAny} from '../../../util/settle'
import {type Outcome, readOutcome, type SettledEvent} from './notice'
import {hasTime, tell, type TimeLeft} from './tell'

interface PartitionTask {
  readonly outcome: Outcome
  readonly partition: string
  /** Sort key of the last user who was found before. */
  readonly after?: string
}

/**
 * What a message of the queue asks for: to tell some users of an outcome, or to find those of a partition and to ask for them to be told.
 */
export type Task = PartitionTask | {readonly outcome: Outcome, readonly userIds: readonly string[]}

// How many are notified within some seconds.
const usersATask = 100
const messagesAtOnce = 10

const enqueue = async (tasks: Iterable<Task> | AsyncIterable<Task>, fileId: string): Promise<void> => {
  const errors =
    await settleEach(tasks, messagesAtOnce, (task) => sendMessage({QueueUrl: env('PUSH_QUEUE_URL'), MessageBody: JSON.stringify(task)}))
  throwAny(errors, `Expected to queue the pushes of file ${fileId}`)
}

/** Tasks for all users of a partition, of which a few at a time are in memory; if time runs out, the last one is for those who are left. */
async function* listTasks({outcome, partition, after}: PartitionTask, context: TimeLeft): AsyncGenerator<Task, void, undefined> {
  let userIds: string[] = []
  for await (const {SK, userId} of usersIn(partition, after)) {
    userIds.push(userId)
    if (userIds.length === usersATask) {
      yield {outcome, userIds}
      userIds = []
      if (!hasTime(context)) {
        yield {outcome, partition, after: SK}
        return
      }
    }
  }
  if (userIds.length > 0) {
    yield {outcome, userIds}
  }
}

/** What was pushed before there were shards, was pushed to users who are in the file's own partition. */
const partitionTasks = (outcome: Outcome, {isSpread}: FileEnd): readonly Task[] => {
  const {hasOldPushes: _, ...newOutcome} = outcome
  const shards = isSpread ? fileShards(outcome.fileId) : []
  return [{outcome, partition: fileKey(outcome.fileId).PK}, ...shards.map((partition) => ({outcome: newOutcome, partition}))]
}

/**
 * Tells all users of a file: few at once, many by the queue, so that no invocation has more to do the more they are. Returns the pushes
 * that went out.
 */
export const tellEverybody = async (event: SettledEvent, context: TimeLeft): Promise<number> => {
  const end = await readFileEnd(event.detail.fileId, usersATask + 1)
  const outcome = await readOutcome(event, end)
  const users = await withShards(outcome.fileId, end, usersATask + 1)
  if (users.length <= usersATask) {
    return tell(users, outcome, context)
  }
  await enqueue(partitionTasks(outcome, end), outcome.fileId)
  return 0
}

/**
 * Does what a message asks for, and returns the pushes that went out. A message that comes twice asks twice: each push has its entry in the
 * ledger.
 */
export const perform = async (task: Task, context: TimeLeft): Promise<number> => {
  const {outcome} = task
  if ('userIds' in task) {
    return tell(task.userIds.map((userId) => ({userId})), outcome, context)
  }
  await enqueue(listTasks(task, context), outcome.fileId)
  return 0
}
