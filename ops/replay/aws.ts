import {randomUUID} from 'node:crypto'
import {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {SQSClient} from '@aws-sdk/client-sqs'
import type {EventEnvelope} from '../../local/runtime/core/types'
import {cancelReplay, describeArchive, type ReplayPlan, ruleArn, startReplay, untilReplayed} from '../../local/replay/aws/replays'
import {openTap, type Tap} from '../../local/replay/aws/tap'
import {histories} from '../../local/replay/selection'
import type {Window} from '../../local/replay/window'
import type {Result} from '../../shared/cli/command'
import {trustedJson} from '../../shared/json'
import type {ClientOptions} from '../program/target'
import type {Meter} from './meter'

const forwardingRule = 'ReplayToDev'

const clientsWith = (options: ClientOptions): {readonly events: EventBridgeClient, readonly queues: SQSClient} =>
  ({events: new EventBridgeClient(options), queues: new SQSClient(options)})

const newName = (purpose: string): string => `${purpose}-${new Date().toISOString().slice(0, 16).replace(/\D/g, '')}-${randomUUID().slice(0, 8)}`

export interface Run {
  readonly meter: Meter
  readonly signal: AbortSignal
}

/** Which replay, of which stack. */
interface StackReplay {
  readonly suffix: string
  readonly window: Window
  /** A new name if undefined. */
  readonly name?: string
  readonly clients: ClientOptions
}

/** Starts a replay and sees it through, while a tap reads what it sends. Returns how it ended. */
const replayThrough = async (
  events: EventBridgeClient, {meter, signal}: Run, plan: ReplayPlan, tap: Tap, onMessage: (body: string) => void
): Promise<string> => {
  try {
    await startReplay(events, plan)
    const state = await untilReplayed(events, plan.name, (fraction, status) => meter.show(fraction, status), signal)
    await tap.drain(onMessage)
    return state
  } finally {
    meter.end()
    await tap.close()
  }
}

interface DevReport {
  readonly replay: string
  readonly state: string
  /** Events that were replayed, by kind. */
  readonly events: Readonly<Record<string, number>>
}

const devText = ({replay, state, events}: DevReport): string => {
  const total = Object.values(events).reduce((sum, count) => sum + count, 0)
  const kinds = Object.entries(events).map(([kind, count]) => `  ${kind} ${count}`)
  return [`Replay ${replay}: ${state}, ${total} events handed to the rule ${forwardingRule}`, ...kinds].join('\n')
}

/** Replays to the Dev bus, by the forwarding rule alone. */
export const replayToDev = async ({suffix, window, name = newName('ToDev'), clients}: StackReplay, run: Run): Promise<Result> => {
  const {events, queues} = clientsWith(clients)
  const archive = await describeArchive(events, `MediaDownloaderArchive${suffix}`)
  const forwarding = await ruleArn(events, archive.busName, `${forwardingRule}${suffix}`)
  if (forwarding === undefined) {
    throw new Error(`Expected the rule ${forwardingRule}${suffix} on the bus ${archive.busName}, and on: without it a replay would reach no one. `
      + 'Deploy with -var replay_target_bus_arn=ARN of the Dev bus.')
  }
  const counted: Record<string, number> = {}
  const tap = await openTap({events, queues, archive, name, pattern: {'replay-name': [name]}, inputPath: '$.detail-type'})
  const count = (body: string): void => {
    const kind = String(JSON.parse(body))
    counted[kind] = (counted[kind] ?? 0) + 1
  }
  const state = await replayThrough(events, run, {name, archive, window, rules: [forwarding, tap.ruleArn]}, tap, count)
  const report: DevReport = {replay: name, state, events: counted}
  return {value: report, text: devText(report), code: state === 'COMPLETED' ? 0 : 1}
}

/** Without the mark of the replay, and each event once: queues deliver at least once. */
const live = (bodies: readonly string[]): EventEnvelope[] => {
  const events = bodies.map((body) => {
    const {'replay-name': _name, ...event} = trustedJson<EventEnvelope>(body)
    return event
  })
  return [...new Map(events.map((event) => [event.id, event])).values()]
}

export type StackSelection = StackReplay & {readonly events: readonly string[], readonly files: readonly string[]}

/** The events of a stack's archive: replayed to a temporary rule alone, whose queue is read. */
export const stackEvents = async (selection: StackSelection, run: Run): Promise<readonly EventEnvelope[]> => {
  const {suffix, window, files, name = newName('ReplayExport'), clients} = selection
  const {events, queues} = clientsWith(clients)
  const archive = await describeArchive(events, `MediaDownloaderArchive${suffix}`)
  const pattern = {'replay-name': [name], ...(files.length > 0 && {detail: {fileId: files}})}
  const tap = await openTap({events, queues, archive, name, pattern})
  const bodies: string[] = []
  const state = await replayThrough(events, run, {name, archive, window, rules: [tap.ruleArn]}, tap, (body) => bodies.push(body))
  if (state !== 'COMPLETED') {
    throw new Error(`Expected the replay ${name} to bring the archive's events; it is ${state}.`)
  }
  return histories(live(bodies), selection)
}

/** Cancels a replay that is under way. */
export const cancel = async (name: string, options: ClientOptions): Promise<Result> => {
  const state = await cancelReplay(new EventBridgeClient(options), name)
  return {value: {replay: name, state}, text: `Replay ${name}: ${state}`}
}
