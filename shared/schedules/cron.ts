import {type Day, type DayTest, daysIn, readDays, readWeekdays} from './days'
import {ranges, readList} from './fields'
import {timeAt, wallTime} from './zone'

/** When a schedule comes next after a time (epoch ms); infinity if it never does. */
export type NextTime = (after: number) => number

export interface Cron {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly years: ReadonlySet<number>
  readonly isDay: DayTest
}

/** Day of month and day of week exclude each other: one of them is `?`. */
const readDay = (day: string, weekday: string): DayTest | undefined => {
  if ((day === '?') === (weekday === '?')) {
    return undefined
  }
  return weekday === '?' ? readDays(day) : readWeekdays(weekday)
}

/** The six fields of `cron(…)`; undefined if the text is something else. */
export const readCron = (text: string): Cron | undefined => {
  const parts = text.split(/[ \t]+/)
  if (parts.length !== 6) {
    return undefined
  }
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = parts
  const [minutes, hours] = [readList(minute, ranges.minute), readList(hour, ranges.hour)]
  const [months, years, isDay] = [readList(month, ranges.month), readList(year, ranges.year), readDay(day, weekday)]
  return minutes && hours && months && years && isDay && {minutes, hours, months, years, isDay}
}

const MINUTE = 60_000

const ascending = (values: ReadonlySet<number>): number[] => [...values].sort((one, other) => one - other)

const inDay = ({minutes, hours}: Cron, {year, month, day}: Day, after: number, zone: string): number | undefined => {
  for (const hour of ascending(hours)) {
    for (const minute of ascending(minutes)) {
      const at = timeAt(Date.UTC(year, month - 1, day, hour, minute), zone)
      if (at !== undefined && at > after) {
        return at
      }
    }
  }
  return undefined
}

const inMonth = (cron: Cron, year: number, month: number, from: Day, after: number, zone: string): number | undefined => {
  const first = year === from.year && month === from.month ? from.day : 1
  for (let day = first; day <= daysIn(year, month); day += 1) {
    const found = cron.isDay({year, month, day}) ? inDay(cron, {year, month, day}, after, zone) : undefined
    if (found !== undefined) {
      return found
    }
  }
  return undefined
}

/** Times that clocks in the zone skip in spring do not come; those that they show twice in autumn come once. */
export const nextCron = (cron: Cron, zone: string): NextTime => (after) => {
  const wall = new Date(wallTime(Math.floor(after / MINUTE) * MINUTE, zone))
  const from = {year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate()}
  for (const year of ascending(cron.years).filter((each) => each >= from.year)) {
    for (const month of ascending(cron.months).filter((each) => year > from.year || each >= from.month)) {
      const found = inMonth(cron, year, month, from, after, zone)
      if (found !== undefined) {
        return found
      }
    }
  }
  return Number.POSITIVE_INFINITY
}
