/** Of time, both ends included; epoch milliseconds. */
export interface Window {
  readonly from: number
  readonly to: number
}

const units: Readonly<Record<string, number>> = {m: 60_000, h: 3_600_000, d: 86_400_000}
const archiveDelay = 10 * 60_000

/** A moment as the user writes it: ISO 8601, or how long ago (`90m`, `24h`, `7d`). Throws for anything else. */
export const parseMoment = (option: string, text: string, now: number): number => {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? []
  const moment = count === undefined ? /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN : now - Number(count) * (units[unit ?? ''] ?? NaN)
  if (!Number.isFinite(moment)) {
    throw new Error(`Expected ${option} to be a time such as 2026-11-23T10:00:00Z, or so long ago as 90m, 24h or 7d; got '${text}'.`)
  }
  return moment
}

/** Why a window may miss events; undefined if it does not. */
export const windowWarning = ({to}: Window, now: number): string | undefined => to > now - archiveDelay
  ? 'The window ends in the last 10 minutes: events of so late may not have reached the archive yet, and a replay would miss them.'
  : undefined
