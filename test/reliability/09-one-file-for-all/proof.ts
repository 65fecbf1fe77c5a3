import assert from 'node:assert/strict'
import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {GetQueueAttributesCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import type {Observation} from '../../../local/runtime/core/types'
import {readWiring} from '../../../shared/wiring/wiring'
import {shardUserKey} from '../../../src/util/files/keys'
import {example} from '../../helpers/example'
import {eventually} from '../../helpers/system'
import type {Context, Figures, Proof} from '../proof'
import {forget, startSystem, type System} from '../system'
import {type Crowd, seed} from './seed'

const [users, longUsers] = [3_000, 100_000]
const maxMilliseconds = 60_000
const growth = 4 / 3

const detail = example('FileDownloadCompleted', 'video')
const {fileId} = detail
const outcome = `FileDownloadCompleted#${detail.etag}`

const crowdOf = (count: number): Crowd => ({
  fileId, outcome, users: Array.from({length: count}, (_, index) => `user-${index}`),
  isEarly: (index) => index % 100 === 0, wasTold: (index) => index % 1_000 === 0
})

type Invocation = Extract<Observation, {type: 'invocation'}>

interface Seen {
  /** Pushes by user; from the beginning with everybody, so that it does not grow. */
  readonly told: Map<string, number>
  /** All pushes. */
  sent: number
  readonly invocations: Pick<Invocation, 'milliseconds' | 'maxMemoryBytes' | 'error'>[]
  /** Bytes that the runtime, which is in this process, holds on to. */
  readonly held: number[]
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const heldBytes = (): number => {
  collectGarbage()
  const {heapUsed, external} = process.memoryUsage()
  return heapUsed + external
}

const watching = (seen: Seen) => (observation: Observation): void => {
  const {told, invocations, held} = seen
  if (observation.type === 'notification') {
    seen.sent += 1
    told.set(observation.userId!, (told.get(observation.userId!) ?? 0) + 1)
  } else if (observation.type === 'invocation' && observation.functionName === 'SendPushNotification') {
    const {milliseconds, maxMemoryBytes, error} = observation
    invocations.push({milliseconds, maxMemoryBytes, error})
    if (invocations.length % 5 === 0) {
      held.push(heldBytes())
    }
  }
}

const complete = async ({events}: System): Promise<void> => {
  const entry = {EventBusName: 'MediaDownloaderEvents', Source: 'mediadownloader.download', DetailType: 'FileDownloadCompleted', Detail: JSON.stringify(detail)}
  assert.equal((await events.send(new PutEventsCommand({Entries: [entry]}))).FailedEntryCount, 0)
}

/** As a queue may that delivers at least once: the users of a partition, and some of them by name, are asked for again while they are being notified. */
const deliverAgain = async (sqs: SQSClient, QueueUrl: string): Promise<void> => {
  const notice = {title: 'Download Complete', body: 'Your video is ready (1.0 MB)', data: {fileId, s3Key: detail.s3Key}}
  const about = {outcome: {fileId, name: outcome, notice, hasOldPushes: true as const}}
  for (const task of [{partition: shardUserKey(fileId, 'user-1').PK}, {userIds: ['user-0', 'user-1', 'user-2', 'user-10']}]) {
    await sqs.send(new SendMessageCommand({QueueUrl, MessageBody: JSON.stringify({...about, ...task})}))
  }
}

const untilEmpty = (sqs: SQSClient, QueueUrl: string, limit: number): Promise<true> => eventually('the queue to be empty', async () => {
  const {Attributes = {}} = await sqs.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['All']}))
  return Number(Attributes['ApproximateNumberOfMessages']) + Number(Attributes['ApproximateNumberOfMessagesNotVisible']) === 0 || undefined
}, limit)

/** Most of the first half, in which all gets warm, and of the second. Throws if the second is more by a third, which is more than chance. */
const flat = (whose: string, bytes: readonly number[]): string => {
  const half = Math.ceil(bytes.length / 2)
  const [first, second] = [bytes.slice(0, half), bytes.slice(half)].map((some) => Math.round(Math.max(...some) / 1024 / 1024)) as [number, number]
  assert.ok(second <= first * growth, `Expected the memory of ${whose} to stay as it is; it was ${first} MB in the first half, ${second} in the second.`)
  return `${first}, then ${second}`
}

const judge = ({users: all, wasTold}: Crowd, {told, sent, invocations, held}: Seen): Figures => {
  const expected = all.filter((_, index) => !wasTold(index))
  assert.deepEqual(expected.filter((user) => told.get(user) !== 1).slice(0, 10), [], 'everybody is told once')
  assert.equal(sent, expected.length, 'who was told before is not told again')
  assert.deepEqual(invocations.filter(({error}) => error !== undefined), [], 'no invocation fails')
  const longest = Math.max(...invocations.map(({milliseconds}) => milliseconds))
  assert.ok(longest < maxMilliseconds, `Expected no invocation over ${maxMilliseconds} ms; one took ${longest}.`)
  const functions = flat('functions', invocations.map(({maxMemoryBytes = 0}) => maxMemoryBytes))
  return {users: all.length, told: expected.length, invocations: invocations.length, 'longest ms': longest, 'functions, MB': functions, 'runtime, MB': flat('the runtime', held)}
}

const tellAll = async (system: System, crowd: Crowd, seen: Seen, {long, progress}: Context): Promise<Figures> => {
  const sqs = new SQSClient({endpoint: system.address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}})
  const QueueUrl = `${system.address}/123456789012/Pushes`
  const awaited = crowd.users.filter((_, index) => !crowd.wasTold(index)).length
  const limit = (long ? 110 : 10) * 60_000
  const began = Date.now()
  await complete(system)
  await deliverAgain(sqs, QueueUrl)
  await eventually(`${awaited} pushes`, () => seen.sent >= awaited || undefined, limit)
  const seconds = (Date.now() - began) / 1_000
  progress(`${awaited} users are told after ${seconds.toFixed(1)} s`)
  await untilEmpty(sqs, QueueUrl, limit)
  await system.quiet(1_500)
  return {...judge(crowd, seen), seconds: seconds.toFixed(1), 'users a second': Math.round(awaited / seconds)}
}

export const proof: Proof = {
  number: 9,
  title: 'One file for all',
  minutes: 12,
  longMinutes: 120,
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'one-file-for-all-'))
    const wiring = readWiring('local/wiring.json')
    const crowd = crowdOf(context.long ? longUsers : users)
    const seen: Seen = {told: new Map(crowd.users.map((user) => [user, 0])), sent: 0, invocations: [], held: []}
    try {
      await seed(folder, wiring, crowd)
      context.progress(`${crowd.users.length} users asked for one file`)
      const system = await startSystem({wiring, data: folder, observe: watching(seen)})
      try {
        return await tellAll(system, crowd, seen, context)
      } finally {
        await system.stop()
      }
    } finally {
      await forget(folder)
    }
  }
}
