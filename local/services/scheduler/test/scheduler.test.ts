import {describe, expect, it} from '@jest/globals'
import type {DeliveryTarget} from '../../../runtime/core/types'
import {manualClock} from '../../events/test/manual-clock'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {nextTime} from '../expression'
import {startScheduler} from '../scheduler'

describe('A schedule', () => {
  it.each([
    ['rate(4 minutes)', '2026-11-24T12:00:30Z', '2026-11-24T12:04:30Z'],
    ['rate(1 day)', '2026-11-24T12:00:00Z', '2026-11-25T12:00:00Z'],
    ['cron(0 12 * * ? *)', '2026-11-24T12:00:00Z', '2026-11-25T12:00:00Z'],
    ['cron(0/15 * * * ? *)', '2026-11-24T12:01:00Z', '2026-11-24T12:15:00Z'],
    ['cron(30 8 ? * MON-FRI *)', '2026-11-27T09:00:00Z', '2026-11-30T08:30:00Z'],
    ['cron(0 0 1 JAN,JUL ? 2027)', '2026-11-24T12:00:00Z', '2027-01-01T00:00:00Z']
  ])('%s comes after %s at %s', (expression, after, next) => {
    expect(new Date(nextTime(expression, Date.parse(after)))).toEqual(new Date(next))
  })

  it('of the past never comes', () => {
    expect(nextTime('cron(0 0 1 1 ? 1999)', Date.now())).toBe(Number.POSITIVE_INFINITY)
  })

  it.each(['every day', 'rate(4 weeks)', 'cron(* * *)'])('that is none is refused: %s', (expression) => {
    expect(() => nextTime(expression, 0)).toThrow('Expected a schedule')
  })
})

describe('The scheduler', () => {
  const run = (state: string, input = '') => {
    const clock = manualClock()
    const delivered: Array<{target: DeliveryTarget, payload: unknown}> = []
    const wiring = parseWiring({values: {root_module: {resources: [
      {address: '', type: 'aws_cloudwatch_event_rule', name: '', values: {name: 'Tick', arn: 'arn:rule', event_bus_name: 'default', schedule_expression: 'rate(4 minutes)', state}},
      {address: '', type: 'aws_cloudwatch_event_target', name: '', values: {rule: 'Tick', event_bus_name: 'default', arn: 'arn:function', role_arn: '', input}}
    ]}}})
    const scheduler = startScheduler({
      clock, wiring, place: {partition: 'aws', region: 'us-west-2', account: '1'}, deliver: async (target, payload) => { delivered.push({target, payload: JSON.parse(payload)}) }
    })
    return {clock, delivered, scheduler}
  }

  it('calls the targets of an enabled rule, again and again', async () => {
    const {clock, delivered, scheduler} = run('ENABLED')
    await clock.advance(9 * 60_000)
    expect(delivered).toEqual(['12:04', '12:08'].map((time) => ({target: {arn: 'arn:function', roleArn: ''}, payload: {
      version: '0', id: expect.any(String), 'detail-type': 'Scheduled Event', source: 'aws.events', account: '1', time: `2026-11-24T${time}:00Z`,
      region: 'us-west-2', resources: ['arn:rule'], detail: {}
    }})))
    scheduler.stop()
    await clock.advance(9 * 60_000)
    expect(delivered).toHaveLength(2)
  })

  it('gives a target the input that it wants', async () => {
    const {clock, delivered} = run('ENABLED', '{"a":1}')
    await clock.advance(4 * 60_000)
    expect(delivered.map(({payload}) => payload)).toEqual([{a: 1}])
  })

  it('leaves a disabled rule alone', async () => {
    const {clock, delivered} = run('DISABLED')
    await clock.advance(60 * 60_000)
    expect(delivered).toEqual([])
  })
})
