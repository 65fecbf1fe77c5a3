import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {EventBridgeClient, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb'
import {setTimeout as sleep} from 'node:timers/promises'
import {apiAt, bearer} from '../../shared/api'
import type {EventEnvelope, Observation} from '../../local/runtime/core/types'
import {type Runtime, startRuntime} from '../../local/runtime/runtime'
import {text} from '../../shared/wiring/values'
import {readWiring, type Wiring} from '../../shared/wiring/wiring'
import {type Attempt, filesIn} from '../../local/replay/attempts'
import {loadShadow, type ShadowBundle} from '../../local/replay/bundle'
import {eventDifferences} from '../../local/replay/compare'
import {recordAt, usersAt} from '../../local/replay/records'

export interface LocalOptions {
  readonly wiring: string
  /** Kinds of events that are replayed; none: of each attempt the first, and what follows is up to today's code. */
  readonly kinds: readonly string[]
  readonly allowPrivateSources: boolean
  readonly signal: AbortSignal
  readonly onProgress: (status: string) => void
}

export interface LocalAttempt {
  readonly fileId: string
  readonly correlationId: string
  readonly replayed: readonly string[]
  /** Kinds of events that followed, in order. */
  readonly followed: readonly string[]
  /** In what they are other than those of the archive. */
  readonly differences: readonly string[]
}

export interface LocalReport {
  readonly attempts: readonly LocalAttempt[]
  readonly pushes: number
}

const quietMilliseconds = 4_000
const region = 'us-west-2'
const credentials = {accessKeyId: 'replay', secretAccessKey: 'replay'}

interface Stage {
  readonly runtime: Runtime
  readonly bundle: ShadowBundle
  readonly table: DynamoDBDocumentClient
  readonly bus: EventBridgeClient
  readonly names: {readonly table: string, readonly bus: string}
}

const seed = async ({runtime, bundle, table, names}: Stage, attempt: Attempt, event: EventEnvelope): Promise<void> => {
  const put = (item: Readonly<Record<string, unknown>>): Promise<unknown> => table.send(new PutCommand({TableName: names.table, Item: item}))
  await put({...bundle.fileKey(attempt.fileId), ...recordAt(attempt, event)})
  for (const userId of usersAt(attempt, event)) {
    await put({...bundle.fileUserKey(attempt.fileId, userId), fileId: attempt.fileId, userId, requestedAt: event.time})
    await apiAt(runtime.address, bearer(userId)).register('replay', {platform: 'APNS', token: `replay-${userId}`})
  }
}

const publish = ({bus, names}: Stage, {source: Source, 'detail-type': DetailType, detail, time}: EventEnvelope): Promise<unknown> =>
  bus.send(new PutEventsCommand({Entries: [{EventBusName: names.bus, Source, DetailType, Detail: JSON.stringify(detail), Time: new Date(time)}]}))

const chosen = ({events}: Attempt, kinds: readonly string[]): EventEnvelope[] =>
  kinds.length === 0 ? events.slice(0, 1) : events.filter((event) => kinds.includes(event['detail-type']))

/** Watches a runtime: what it publishes, and whether anything is going on. */
const watch = () => {
  const events: EventEnvelope[] = []
  const running = new Set<string>()
  let heardAt = Date.now()
  const observe = (observation: Observation): void => {
    heardAt = Date.now()
    if (observation.type === 'event') {
      events.push(observation.event)
    } else if (observation.type === 'execution') {
      running[observation.status === 'RUNNING' ? 'add' : 'delete'](observation.executionArn)
    }
  }
  return {events, observe, running, isQuiet: () => running.size === 0 && Date.now() - heardAt > quietMilliseconds}
}

const judgeAttempt = (attempt: Attempt, replayed: readonly EventEnvelope[], all: readonly EventEnvelope[]): LocalAttempt => {
  const {fileId, correlationId} = attempt
  const events = all.filter(({detail}) => detail['correlationId'] === correlationId)
  const kinds = replayed.map((event) => event['detail-type'])
  return {
    fileId, correlationId, replayed: kinds, followed: events.map((event) => event['detail-type']).filter((kind) => !kinds.includes(kind)),
    differences: eventDifferences(attempt, {events})
  }
}

const resourceName = (wiring: Wiring, type: string): string => text(wiring.ofType(type)[0]?.values ?? {}, 'name')

const until = async ({isQuiet, events, running}: ReturnType<typeof watch>, {signal, onProgress}: LocalOptions): Promise<void> => {
  while (!isQuiet() && !signal.aborted) {
    onProgress(`${events.length} events, ${running.size} executions under way`)
    await sleep(500)
  }
}

/** Runs archived events through the embedded runtime in an empty folder: today's functions, and the sources as they are now. */
export const runLocally = async (events: readonly EventEnvelope[], options: LocalOptions): Promise<LocalReport> => {
  const wiring = readWiring(options.wiring)
  const watching = watch()
  const runtime = await startRuntime({
    wiring, port: 0, allowPrivateSources: options.allowPrivateSources, fastRetries: true, observe: watching.observe
  })
  const settings = {endpoint: runtime.address, region, credentials}
  const stage: Stage = {
    runtime, bundle: await loadShadow(), table: DynamoDBDocumentClient.from(new DynamoDBClient(settings)), bus: new EventBridgeClient(settings),
    names: {table: resourceName(wiring, 'aws_dynamodb_table'), bus: resourceName(wiring, 'aws_cloudwatch_event_bus')}
  }
  try {
    const attempts = filesIn(events).flatMap((file) => file.attempts)
    const replayed = new Map(attempts.map((attempt) => [attempt, chosen(attempt, options.kinds)]))
    for (const [attempt, [first, ...others]] of replayed) {
      if (first !== undefined && !options.signal.aborted) {
        await seed(stage, attempt, first)
        await Promise.all([first, ...others].map((event) => publish(stage, event)))
      }
    }
    await until(watching, options)
    return {
      attempts: attempts.map((attempt) => judgeAttempt(attempt, replayed.get(attempt) ?? [], watching.events)), pushes: runtime.notifications().length
    }
  } finally {
    await runtime.stop()
  }
}
