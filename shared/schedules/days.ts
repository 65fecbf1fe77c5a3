import {ranges, readList, readValue} from './fields'

/** A day of the calendar, wherever it is. */
export interface Day {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
}

/** Whether a day is one that a field of a cron expression means. */
export type DayTest = (day: Day) => boolean

export const weekdayOf = ({year, month, day}: Day): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1

export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The weekday (Monday to Friday) next to a day, in the same month. */
const nearestWorkday = (year: number, month: number, day: number): number => {
  const weekday = weekdayOf({year, month, day})
  if (weekday === 7) {
    return day > 1 ? day - 1 : day + 2
  }
  return weekday === 1 ? (day < daysIn(year, month) ? day + 1 : day - 2) : day
}

/** `L`, `L-3`, `LW`, `15W` or a list of days; undefined if it is none of them. */
export const readDays = (text: string): DayTest | undefined => {
  const last = /^L(?:-(\d{1,2}))?$/.exec(text)
  if (last !== null) {
    const before = Number(last[1] ?? 0)
    return before > 30 ? undefined : ({year, month, day}) => day === daysIn(year, month) - before
  }
  const workday = /^(L|\d{1,2})W$/.exec(text)?.[1]
  if (workday === 'L') {
    return ({year, month, day}) => day === nearestWorkday(year, month, daysIn(year, month))
  }
  if (workday !== undefined) {
    const wanted = readValue(workday, ranges.day)
    return wanted === undefined ? undefined : ({year, month, day}) => wanted <= daysIn(year, month) && day === nearestWorkday(year, month, wanted)
  }
  const days = readList(text, ranges.day)
  return days && (({day}) => days.has(day))
}

/** `L` (Saturday), `6L` (the month's last Friday), `SAT#3` (its third Saturday) or a list of weekdays; undefined if it is none of them. */
export const readWeekdays = (text: string): DayTest | undefined => {
  if (text === 'L') {
    return (day) => weekdayOf(day) === ranges.weekday.maximum
  }
  const [, name, mark] = /^([A-Za-z0-9]+?)(L|#[1-5])$/.exec(text) ?? []
  if (name !== undefined && mark !== undefined) {
    const wanted = readValue(name, ranges.weekday)
    const isOne: DayTest = mark === 'L'
      ? ({year, month, day}) => day > daysIn(year, month) - 7
      : ({day}) => Math.ceil(day / 7) === Number(mark.slice(1))
    return wanted === undefined ? undefined : (day) => weekdayOf(day) === wanted && isOne(day)
  }
  const weekdays = readList(text, ranges.weekday)
  return weekdays && ((day) => weekdays.has(weekdayOf(day)))
}
