import {
  CancelReplayCommand, DescribeArchiveCommand, DescribeReplayCommand, type DescribeReplayResponse, DescribeRuleCommand, type EventBridgeClient,
  StartReplayCommand
} from '@aws-sdk/client-eventbridge'
import {setTimeout as sleep} from 'node:timers/promises'
import {describeError, isErrorNamed} from '../../../shared/errors'
import type {Window} from '../window'

export interface ArchiveFacts {
  readonly arn: string
  readonly busArn: string
  readonly busName: string
  /** Of the whole archive; AWS brings it up to date once a day. */
  readonly events: number
}

export interface ReplayPlan {
  readonly name: string
  readonly archive: ArchiveFacts
  readonly window: Window
  /** ARNs of the rules that alone see the replay. */
  readonly rules: readonly string[]
}

/** Throws if the stack has no archive. */
export const describeArchive = async (client: EventBridgeClient, name: string): Promise<ArchiveFacts> => {
  try {
    const {ArchiveArn = '', EventSourceArn = '', EventCount = 0} = await client.send(new DescribeArchiveCommand({ArchiveName: name}))
    return {arn: ArchiveArn, busArn: EventSourceArn, busName: EventSourceArn.split('/').at(-1) ?? '', events: EventCount}
  } catch (error) {
    throw isErrorNamed(error, 'ResourceNotFoundException') ? new Error(`Expected the archive ${name}; there is none. --suffix names another stack.`, {cause: error}) : error
  }
}

/** The ARN of a rule by its name; undefined if there is none, or it is off. */
export const ruleArn = async (client: EventBridgeClient, busName: string, name: string): Promise<string | undefined> => {
  try {
    const {Arn, State} = await client.send(new DescribeRuleCommand({Name: name, EventBusName: busName}))
    return State === 'DISABLED' ? undefined : Arn
  } catch (error) {
    if (isErrorNamed(error, 'ResourceNotFoundException')) {
      return undefined
    }
    throw error
  }
}

/** On the archive's own bus, which is the only one that a replay may go to, for the named rules alone. */
export const startReplay = async (client: EventBridgeClient, {name, archive, window, rules}: ReplayPlan): Promise<void> => {
  await client.send(new StartReplayCommand({
    ReplayName: name, EventSourceArn: archive.arn, EventStartTime: new Date(window.from), EventEndTime: new Date(window.to),
    Destination: {Arn: archive.busArn, FilterArns: [...rules]}
  }))
}

const ended = new Set(['COMPLETED', 'CANCELLED', 'FAILED'])

/** How far a replay is, as a fraction: it goes through its window by the events' time. */
const measureProgress = ({State, EventLastReplayedTime, EventStartTime, EventEndTime}: DescribeReplayResponse): number => {
  const from = EventStartTime?.getTime() ?? 0
  const done = (EventLastReplayedTime?.getTime() ?? 0) - from
  return State === 'COMPLETED' ? 1 : Math.min(1, Math.max(0, done / Math.max(1, (EventEndTime?.getTime() ?? 0) - from)))
}

/** Waits for the end of a replay; `onProgress` hears of each look. An abort cancels it, and waits for that. */
export const untilReplayed = async (
  client: EventBridgeClient, name: string, onProgress: (fraction: number, state: string) => void, signal: AbortSignal
): Promise<string> => {
  let isCancelled = false
  for (;;) {
    const replay = await client.send(new DescribeReplayCommand({ReplayName: name}))
    const {State = '', StateReason} = replay
    onProgress(measureProgress(replay), State.toLowerCase())
    if (ended.has(State)) {
      return State === 'FAILED' ? `FAILED: ${StateReason ?? 'AWS does not say why'}` : State
    }
    if (signal.aborted && !isCancelled) {
      isCancelled = true
      await cancelReplay(client, name)
    }
    await sleep(isCancelled ? 500 : 1_000, undefined, isCancelled ? {} : {signal}).catch(() => undefined)
  }
}

/** Cancels a replay that is under way. Throws if there is none, or it is over. */
export const cancelReplay = async (client: EventBridgeClient, name: string): Promise<string> => {
  try {
    const {State = ''} = await client.send(new CancelReplayCommand({ReplayName: name}))
    return State
  } catch (error) {
    if (isErrorNamed(error, 'ResourceNotFoundException') || isErrorNamed(error, 'IllegalStatusException')) {
      throw new Error(`Expected a replay ${name} that is under way; ${describeError(error)}`, {cause: error})
    }
    throw error
  }
}
