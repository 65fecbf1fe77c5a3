import {describe, expect, it} from '@jest/globals'
import {ruleSchedule, schedulerSchedule} from '../expression'

const iso = (at: number | undefined): string => at === Infinity ? 'never' : new Date(at!).toISOString().replace(':00.000Z', 'Z')
const START = Date.parse('2026-11-24T12:00:30Z')

describe('a rule\'s schedule', () => {
  it.each([
    ['rate(4 minutes)', '2026-11-24T12:00:30Z', '2026-11-24T12:04:30.000Z'],
    ['rate(1 day)', '2026-11-24T12:00:30Z', '2026-11-25T12:00:30.000Z'],
    ['rate(1 hour)', '2026-11-24T14:00:30Z', '2026-11-24T15:00:30.000Z'],
    ['cron(0 12 * * ? *)', '2026-11-24T12:00:00Z', '2026-11-25T12:00Z'],
    ['cron(0/15 * * * ? *)', '2026-11-24T12:01:00Z', '2026-11-24T12:15Z'],
    ['cron(30 8 ? * MON-FRI *)', '2026-11-27T09:00:00Z', '2026-11-30T08:30Z'],
    ['cron(0 0 1 JAN,JUL ? 2027)', '2026-11-24T12:00:00Z', '2027-01-01T00:00Z'],
    ['cron(15 10 ? * 6L 2002-2030)', '2026-11-24T12:00:00Z', '2026-11-27T10:15Z'],
    ['cron(0 2 ? * SAT#3 *)', '2026-11-24T12:00:00Z', '2026-12-19T02:00Z'],
    ['cron(0 0 L * ? *)', '2027-02-01T00:00:00Z', '2027-02-28T00:00Z'],
    ['cron(0 0 L-2 * ? *)', '2027-02-01T00:00:00Z', '2027-02-26T00:00Z'],
    ['cron(0 9 15W * ? *)', '2026-11-01T00:00:00Z', '2026-11-16T09:00Z'],
    ['cron(0 9 1W * ? *)', '2026-08-01T00:00:00Z', '2026-08-03T09:00Z'],
    ['cron(0 9 LW * ? *)', '2026-10-02T00:00:00Z', '2026-10-30T09:00Z'],
    ['cron(0 9 ? * L *)', '2026-11-24T12:00:00Z', '2026-11-28T09:00Z'],
    ['cron(0 22-2 * * ? *)', '2026-11-24T23:30:00Z', '2026-11-25T00:00Z'],
    ['cron(0 9 ? * FRI-MON *)', '2026-11-24T12:00:00Z', '2026-11-27T09:00Z'],
    ['cron(0 0 29 2 ? *)', '2026-11-24T12:00:00Z', '2028-02-29T00:00Z'],
    ['cron(10-20/5 3 * * ? *)', '2026-11-24T03:12:00Z', '2026-11-24T03:15Z'],
    ['cron(0 0 30 2 ? *)', '2026-11-24T12:00:00Z', 'never'],
    ['cron(15 10 ? * 6L 2002-2005)', '2026-11-24T12:00:00Z', 'never']
  ])('%s comes after %s at %s', (expression, after, next) => {
    expect(iso(ruleSchedule(expression, START)!(Date.parse(after)))).toBe(next)
  })

  it.each([
    'hello', '', 'rate()', 'rate(10)', 'rate(1 minutes)', 'rate(1 hours)', 'rate(1 days)', 'rate(10 minute)', 'rate(10 hour)', 'rate(10 day)', 'rate(0 minutes)',
    'rate(-10 minutes)', 'rate(10 MINUTES)', 'rate( 10 minutes )', ' rate(10 minutes)', 'rate(10 minutes) ', 'rate(10 minutess)', 'rate(foo minutes)', 'rate(10 seconds)',
    'rate(1 week)', 'rate(10 years)', 'rate(1.5 hours)', 'Rate(10 minutes)', 'rate(99999999999999999999 days)',
    'cron()', 'cron(INVALID)', 'cron(0 1 * * * *)', 'cron(0 1 ? * ? *)', 'cron(7 20 * * NOT *)', 'cron(0 dummy ? * MON-FRI *)', 'cron(71 8 1 * ? *)', 'cron(0 24 * * ? *)',
    'cron(0 0 0 * ? *)', 'cron(0 0 32 * ? *)', 'cron(0 0 1 13 ? *)', 'cron(0 0 ? * 8 *)', 'cron(0 0 ? * 0 *)', 'cron(0 0 1 * ? 1969)', 'cron(0 0 1 * ? 2200)',
    'cron(0 0 * * ?)', 'cron(0 0 * * ? * *)', 'cron(0/0 0 * * ? *)', 'cron(*/60 0 * * ? *)', 'cron(0/5/5 0 * * ? *)', 'cron(1-2-3 0 * * ? *)', 'cron(1- 0 * * ? *)',
    'cron(, 0 * * ? *)', 'cron(? 0 * * ? *)', 'cron(0 0 L,1 * ? *)', 'cron(0 0 32W * ? *)', 'cron(0 0 1-5W * ? *)', 'cron(0 0 W * ? *)', 'cron(0 0 ? * MON#6 *)',
    'cron(0 0 ? * 3#1,6#3 *)', 'cron(0 0 ? * #1 *)', 'cron(L 0 * * ? *)', 'at(2026-12-31T23:59:59)'
  ])('%s is refused', (expression) => {
    expect(ruleSchedule(expression, START)).toBeUndefined()
  })
})

describe('a schedule of EventBridge Scheduler', () => {
  it.each([
    ['rate(1 minute)', 'UTC', '2026-11-24T12:00:29Z', '2026-11-24T12:00:30.000Z'],
    ['rate(1 minutes)', 'UTC', '2026-11-24T12:00:30Z', '2026-11-24T12:01:30.000Z'],
    ['rate(10 MINUTE)', 'UTC', '2026-11-24T12:00:30Z', '2026-11-24T12:10:30.000Z'],
    ['at(2026-11-24T13:00:00)', 'UTC', '2026-11-24T12:00:30Z', '2026-11-24T13:00Z'],
    ['at(2026-11-24T13:00:00)', 'Europe/Berlin', '2026-11-24T11:00:30Z', '2026-11-24T12:00Z'],
    ['at(2026-11-24T13:00:00)', 'UTC', '2026-11-24T13:00:00Z', 'never'],
    ['cron(0 9 * * ? *)', 'America/New_York', '2026-07-01T00:00:00Z', '2026-07-01T13:00Z'],
    ['cron(0 9 * * ? *)', 'America/New_York', '2026-12-01T00:00:00Z', '2026-12-01T14:00Z'],
    ['cron(30 2 * * ? *)', 'America/New_York', '2026-03-08T00:00:00Z', '2026-03-09T06:30Z'],
    ['cron(30 1 * * ? *)', 'America/New_York', '2026-11-01T00:00:00Z', '2026-11-01T05:30Z'],
    ['cron(30 1 * * ? *)', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-02T06:30Z'],
    ['cron(0 0 * * ? *)', 'Asia/Kolkata', '2026-11-24T12:00:00Z', '2026-11-24T18:30Z']
  ])('%s in %s comes after %s at %s', (expression, zone, after, next) => {
    expect(iso(schedulerSchedule(expression, zone, START)!(Date.parse(after)))).toBe(next)
  })

  it.each(['at(2021-12-31T23:59:59Z)', 'at(2021-12-31)', 'at(2026-02-30T00:00:00)', 'rate(10 seconds)', ' rate(10 minutes)', 'rate( 10 minutes )', 'rate(-10 minutes)', 'cron()', 'hello'])(
    '%s is refused', (expression) => {
      expect(schedulerSchedule(expression, 'UTC', START)).toBeUndefined()
    }
  )
})
