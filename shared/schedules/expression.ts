import {nextCron, type NextTime, readCron} from './cron'
import {timeAt} from './zone'

const units: Readonly<Record<string, number>> = {minute: 60_000, hour: 3_600_000, day: 86_400_000}

interface Rate {
  readonly value: number
  readonly milliseconds: number
  readonly isPlural: boolean
}

/** The parts of `rate(…)` as the pattern finds them; undefined if the text is not one. */
const readRate = (pattern: RegExp, expression: string): Rate | undefined => {
  const [, count = '', unit = '', plural] = pattern.exec(expression) ?? []
  const value = Number(count)
  const milliseconds = value * (units[unit.toLowerCase()] ?? 0)
  return value < 1 || milliseconds === 0 || !Number.isSafeInteger(milliseconds) ? undefined : {value, milliseconds, isPlural: plural !== undefined}
}

/** Counted from a beginning, so that a restart does not move it. */
const everyFrom = (milliseconds: number, from: number, first: number): NextTime => (after) =>
  after < from ? first : from + (Math.floor((after - from) / milliseconds) + 1) * milliseconds

const cronOf = (expression: string, zone: string): NextTime | undefined => {
  const cron = readCron(/^cron\((.+)\)$/.exec(expression)?.[1]?.trim() ?? '')
  return cron && nextCron(cron, zone)
}

/**
 * The schedule of an EventBridge rule: `cron(…)` in UTC, or `rate(…)` counted from a time, whose unit is in the singular for 1 and in the
 * plural for more. Undefined if EventBridge refuses it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const ruleSchedule = (expression: string, from: number): NextTime | undefined => {
  const rate = readRate(/^rate\((\d+) (minute|hour|day)(s)?\)$/, expression)
  if (rate !== undefined) {
    return rate.isPlural === (rate.value > 1) ? everyFrom(rate.milliseconds, from, from + rate.milliseconds) : undefined
  }
  return cronOf(expression, 'UTC')
}

const once = (at: number): NextTime => (after) => after < at ? at : Number.POSITIVE_INFINITY

const readAt = (expression: string, zone: string): NextTime | undefined => {
  const text = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1]
  const wall = Date.parse(`${text}Z`)
  if (text === undefined || Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(text)) {
    return undefined
  }
  const at = timeAt(wall, zone)
  return at === undefined ? () => Number.POSITIVE_INFINITY : once(at)
}

/**
 * The schedule of EventBridge Scheduler: as a rule's, with a time zone, and `at(…)`; a rate's unit may stand in either number, and it comes
 * first at the time from which it counts.
 * Undefined if it is refused. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const schedulerSchedule = (expression: string, zone: string, from: number): NextTime | undefined => {
  const rate = readRate(/^rate\((\d+) (minute|hour|day)(s)?\)$/i, expression)
  if (rate !== undefined) {
    return everyFrom(rate.milliseconds, from, from)
  }
  return readAt(expression, zone) ?? cronOf(expression, zone)
}
