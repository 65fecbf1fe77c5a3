import {aws, local} from '../../core/http'

export interface Archive {
  readonly name: string
  readonly arn: string
  readonly busArn: string
}

export interface Bucket {
  readonly from: string
  readonly name: string
  readonly count: number
}

export interface Window {
  readonly from: number
  readonly to: number
}

const iso = (at: number): string => new Date(at).toISOString()

/** The time that an archive's events span; undefined if it is empty. */
export const readSpan = async (archive: string): Promise<Window | undefined> => {
  const {firstAt, lastAt} = await local<{firstAt: string | null, lastAt: string | null}>(`/archives/${archive}`)
  return firstAt === null || lastAt === null ? undefined : {from: Date.parse(firstAt), to: Date.parse(lastAt)}
}

export const readHistogram = async (archive: string, {from, to}: Window, buckets: number): Promise<readonly Bucket[]> =>
  (await local<{buckets: readonly Bucket[]}>(`/archives/${archive}/histogram?from=${iso(from)}&to=${iso(to)}&buckets=${buckets}`)).buckets

export interface Replay {
  readonly ReplayName: string
  readonly State: string
  readonly StateReason?: string
  readonly EventStartTime: number
  readonly EventEndTime: number
  readonly EventLastReplayedTime?: number
  readonly ReplayStartTime: number
  readonly ReplayEndTime?: number
}

export const listReplays = async (): Promise<Replay[]> =>
  (await aws<{Replays: Replay[]}>('events', 'ListReplays', {})).Replays.sort((one, other) => other.ReplayStartTime - one.ReplayStartTime)

export const startReplay = async ({arn, busArn}: Archive, {from, to}: Window, rules: readonly string[]): Promise<string> => {
  const ReplayName = `console-${new Date().toISOString().replace(/[^\d]/g, '').slice(0, 17)}`
  await aws('events', 'StartReplay', {
    ReplayName, EventSourceArn: arn, EventStartTime: Math.floor(from / 1000), EventEndTime: Math.ceil(to / 1000),
    Destination: {Arn: busArn, ...(rules.length > 0 && {FilterArns: rules})}
  })
  return ReplayName
}

/** One attempt as the shadow judged it. */
export interface Judgement {
  readonly fileId: string
  readonly correlationId: string
  readonly differences: readonly string[]
}

/** What today's code makes of the archived events: local/replay/shadow.ts. */
export interface ShadowReport {
  readonly events: number
  readonly files: number
  readonly attempts: number
  readonly same: number
  readonly different: number
  readonly open: number
  readonly effects: number
  readonly suppressed: {readonly transfers: number, readonly pushes: number, readonly events: number}
  readonly seconds: number
  readonly differences: readonly Judgement[]
}

export const shadowReplay = (archive: string, {from, to}: Window): Promise<ShadowReport> =>
  local(`/archives/${archive}/shadow?${new URLSearchParams({from: iso(from), to: iso(to)})}`, 'POST')
