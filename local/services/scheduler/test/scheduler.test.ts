import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {DatabaseSync} from 'node:sqlite'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {parseWiring} from '../../../../shared/wiring/wiring'
import type {DeliveryTarget, PutEventsEntry, Service} from '../../../runtime/core/types'
import {type ManualClock, manualClock, START} from '../../events/test/manual-clock'
import {createScheduler} from '../service'

const FUNCTION = 'arn:aws:lambda:us-west-2:123456789012:function:Consumer'
const QUEUE = 'arn:aws:sqs:us-west-2:123456789012:undelivered'
const BUS = 'arn:aws:events:us-west-2:123456789012:event-bus/Bus'
const ROLE = 'arn:aws:iam::123456789012:role/Scheduler'
const ARN = 'arn:aws:scheduler:us-west-2:123456789012:schedule/default/Once'
const MINUTE = 60_000
const wiring = parseWiring({values: {root_module: {resources: [
  {address: 'x', type: 'aws_sqs_queue', name: 'x', values: {name: 'undelivered', arn: QUEUE}}
]}}})

interface Scene {
  readonly service: Service
  readonly clock: ManualClock
  readonly db: DatabaseSync
  readonly delivered: Array<readonly [time: string, arn: string, payload: unknown]>
  readonly targets: DeliveryTarget[]
  readonly put: PutEventsEntry[]
  readonly letters: Array<{body: unknown, attributes: object}>
  fail?: Error
}

const scene = (clock = manualClock(), db = new DatabaseSync(':memory:')): Scene => {
  const made: Omit<Scene, 'service'> = {clock, db, delivered: [], targets: [], put: [], letters: []}
  let ids = 0
  const service = createScheduler({
    clock, db, wiring, random: () => 0.5, newId: () => `run-${++ids}`, observe: () => undefined, retryDelay: () => 1000,
    deliver: async (target, payload) => {
      if (made.fail !== undefined) {
        throw made.fail
      }
      made.targets.push(target)
      made.delivered.push([new Date(clock.now()).toISOString().slice(11, 19), target.arn, JSON.parse(payload)])
    },
    deadLetter: (_queue, body, attributes) => { made.letters.push({body: JSON.parse(body), attributes}) },
    putEvents: (entries) => {
      made.put.push(...entries)
      return {FailedEntryCount: 0, Entries: [{EventId: 'e'}]}
    }
  })
  return Object.assign(made, {service})
}

let here: Scene
let server: ReturnType<typeof createServer>
const open = async (made: Scene): Promise<void> => {
  here = made
  server = createServer((request, response) => void here.service.handle(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await here.service.start?.()
}
const close = async (): Promise<void> => {
  await here.service.stop?.()
  server.closeAllConnections()
  server.close()
}
beforeEach(() => open(scene()))
afterEach(close)

const ask = async (method: string, path: string, body?: object): Promise<{status: number, body: unknown, error: string | null}> => {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {method, ...body && {body: JSON.stringify(body)}})
  return {status: response.status, body: await response.json(), error: response.headers.get('x-amzn-errortype')}
}
const schedule = (ScheduleExpression: string, more: object = {}) =>
  ({ScheduleExpression, FlexibleTimeWindow: {Mode: 'OFF'}, Target: {Arn: FUNCTION, RoleArn: ROLE, Input: '{"a":1}'}, ...more})
const create = (expression: string, more: object = {}, name = 'Once') => ask('POST', `/schedules/${name}`, schedule(expression, more))

describe('a schedule', () => {
  it('is made, shown, changed, listed and deleted', async () => {
    expect(await create('at(2026-11-24T13:00:00)', {Description: 'd', Target: {Arn: FUNCTION, RoleArn: ROLE}})).toEqual({status: 200, body: {ScheduleArn: ARN}, error: null})
    const shown = {
      Arn: ARN, GroupName: 'default', Name: 'Once', Description: 'd', ScheduleExpression: 'at(2026-11-24T13:00:00)', ScheduleExpressionTimezone: 'UTC', State: 'ENABLED',
      FlexibleTimeWindow: {Mode: 'OFF'}, ActionAfterCompletion: 'NONE', CreationDate: START / 1000, LastModificationDate: START / 1000,
      Target: {Arn: FUNCTION, RoleArn: ROLE, RetryPolicy: {MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185}}
    }
    expect((await ask('GET', '/schedules/Once?groupName=default')).body).toEqual(shown)
    expect(await create('rate(1 hour)')).toEqual({status: 409, body: {Message: 'Schedule Once already exists.'}, error: 'ConflictException'})
    expect((await ask('PUT', '/schedules/Once', schedule('rate(1 hour)', {State: 'DISABLED'}))).body).toEqual({ScheduleArn: ARN})
    expect((await ask('GET', '/schedules?NamePrefix=On&State=DISABLED')).body).toEqual({Schedules: [{
      Arn: ARN, GroupName: 'default', Name: 'Once', State: 'DISABLED', CreationDate: START / 1000, LastModificationDate: START / 1000, Target: {Arn: FUNCTION}
    }]})
    expect(await ask('DELETE', '/schedules/Once')).toEqual({status: 200, body: {}, error: null})
    expect(await ask('GET', '/schedules/Once')).toEqual({status: 404, body: {Message: 'Schedule Once does not exist.'}, error: 'ResourceNotFoundException'})
  })

  it('of one time comes then, by the role alone, and goes if it is told to', async () => {
    await create('at(2026-11-24T12:30:00)', {ActionAfterCompletion: 'DELETE', ScheduleExpressionTimezone: 'Europe/Berlin'})
    await here.clock.advance(2 * 60 * MINUTE)
    expect(here.delivered).toEqual([])
    await ask('PUT', '/schedules/Once', schedule('at(2026-11-24T16:00:00)', {ActionAfterCompletion: 'DELETE', ScheduleExpressionTimezone: 'Europe/Berlin'}))
    await here.clock.advance(2 * 60 * MINUTE)
    expect(here.delivered).toEqual([['15:00:00', FUNCTION, {a: 1}]])
    expect(here.targets).toEqual([expect.objectContaining({isByRole: true, roleArn: ROLE})])
    expect((await ask('GET', '/schedules/Once')).status).toBe(404)
  })

  it('with a rate comes at once and then at its distance, between its dates', async () => {
    await create('rate(10 minutes)', {EndDate: START / 1000 + 25 * 60})
    await create('rate(10 minutes)', {StartDate: START / 1000 + 15 * 60}, 'Later')
    await here.clock.advance(31 * MINUTE)
    expect(here.delivered.map(([time]) => time)).toEqual(['12:00:00', '12:10:00', '12:15:00', '12:20:00', '12:25:00'])
  })

  it('comes somewhere in its flexible window, at its own distance none the less', async () => {
    await create('cron(0/30 * * * ? *)', {FlexibleTimeWindow: {Mode: 'FLEXIBLE', MaximumWindowInMinutes: 10}})
    await here.clock.advance(70 * MINUTE)
    expect(here.delivered.map(([time]) => time)).toEqual(['12:35:00', '13:05:00'])
  })

  it('without input gives its target an event of its own, with input what it says of the run', async () => {
    await create('at(2026-11-24T12:01:00)', {Target: {Arn: FUNCTION, RoleArn: ROLE}})
    await create('at(2026-11-24T12:02:00)', {Target: {Arn: QUEUE, RoleArn: ROLE, Input: '["<aws.scheduler.schedule-arn>","<aws.scheduler.scheduled-time>","<aws.scheduler.execution-id>"]'}}, 'B')
    await here.clock.advance(2 * MINUTE)
    expect(here.delivered.map(([, , payload]) => payload)).toEqual([
      {version: '0', id: 'run-1', 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account: '123456789012', time: '2026-11-24T12:01:00Z', region: 'us-west-2', resources: [ARN], detail: '{}'},
      [ARN.replace('Once', 'B'), '2026-11-24T12:02:00Z', 'run-2']
    ])
  })

  it('publishes to a bus', async () => {
    await create('at(2026-11-24T12:01:00)', {Target: {Arn: BUS, RoleArn: ROLE, Input: '{"n":1}', EventBridgeParameters: {Source: 'shop', DetailType: 'Tick'}}})
    await here.clock.advance(MINUTE)
    expect(here.put).toEqual([{EventBusName: BUS, Source: 'shop', DetailType: 'Tick', Detail: '{"n":1}', Resources: [ARN]}])
  })

  it('is retried, then sent to its dead-letter queue with what it would have given', async () => {
    here.fail = new Error('down')
    await create('at(2026-11-24T12:01:00)', {Target: {Arn: FUNCTION, RoleArn: ROLE, Input: '{"n":1}', RetryPolicy: {MaximumRetryAttempts: 1}, DeadLetterConfig: {Arn: QUEUE}}})
    await here.clock.advance(2 * MINUTE)
    expect(here.letters).toEqual([{body: {n: 1}, attributes: {
      ERROR_CODE: 'SDK_CLIENT_ERROR', ERROR_MESSAGE: 'down', EXECUTION_ID: 'run-1', EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: '1', SCHEDULED_TIME: '2026-11-24T12:01:00Z', SCHEDULE_ARN: ARN, TARGET_ARN: FUNCTION
    }}])
  })

  it('of one time that a stopped runtime missed comes late, once', async () => {
    await create('at(2026-11-24T12:10:00)')
    await create('rate(1 hour)', {}, 'Rate')
    await here.clock.advance(MINUTE)
    await close()
    const {clock, db} = here
    await clock.advance(90 * MINUTE)
    await open(scene(clock, db))
    await clock.advance(40 * MINUTE)
    expect(here.delivered.map(([time]) => time)).toEqual(['13:31:00', '14:00:00'])
    await close()
    await open(scene(clock, db))
    await clock.advance(10 * MINUTE)
    expect(here.delivered).toEqual([])
  })

  it.each<[object, string]>([
    [{ScheduleExpression: 'cron(0 1 * * * *)'}, 'Invalid Schedule Expression cron(0 1 * * * *).'],
    [{ScheduleExpression: 'at(2021-12-31T23:59:59Z)'}, 'Invalid Schedule Expression at(2021-12-31T23:59:59Z).'],
    [{ScheduleExpression: ' rate(10 minutes)'}, 'Invalid Schedule Expression  rate(10 minutes).'],
    [{ScheduleExpressionTimezone: 'Mars/Base'}, 'The time zone Mars/Base is not valid.'],
    [{FlexibleTimeWindow: {Mode: 'FLEXIBLE'}}, 'FlexibleTimeWindow must have MaximumWindowInMinutes if its Mode is FLEXIBLE, and must not have it if its Mode is OFF.'],
    [{FlexibleTimeWindow: {Mode: 'OFF', MaximumWindowInMinutes: 2000}}, '1 validation error detected: Value \'2000\' at \'maximumWindowInMinutes\' failed to satisfy constraint: Member must have value less than or equal to 1440'],
    [{StartDate: 2, EndDate: 1}, 'The StartDate must come before the EndDate.'],
    [{State: 'ON'}, '1 validation error detected: Value \'ON\' at \'state\' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]'],
    [{Target: {Arn: FUNCTION}}, '1 validation error detected: Value null at \'roleArn\' failed to satisfy constraint: Member must not be null'],
    [{Target: {Arn: 'arn:aws:scheduler:::aws-sdk:sqs:purgeQueue', RoleArn: ROLE}}, 'The embedded EventBridge Scheduler calls functions, state machines, queues, topics and event buses; got arn:aws:scheduler:::aws-sdk:sqs:purgeQueue.'],
    [{Target: {Arn: BUS, RoleArn: ROLE}}, 'EventBridgeParameters must be given for an event bus, and for no other target.'],
    [{Target: {Arn: FUNCTION, RoleArn: ROLE, DeadLetterConfig: {Arn: `${QUEUE}.fifo`}}}, `Expected DeadLetterConfig to name a standard queue; got ${QUEUE}.fifo.`]
  ])('is refused with %j', async (more, Message) => {
    expect(await create('rate(1 hour)', more)).toEqual({status: 400, body: {Message}, error: 'ValidationException'})
  })

  it('is refused on a path that is none', async () => {
    expect(await ask('PATCH', '/schedules/Once', {})).toEqual({status: 404, error: 'UnknownOperationException', body: expect.anything()})
  })
})

describe('a group of schedules', () => {
  const GROUP = 'arn:aws:scheduler:us-west-2:123456789012:schedule-group/Mine'

  it('has schedules of its own, which go with it', async () => {
    expect((await ask('POST', '/schedule-groups/Mine', {Tags: [{Key: 'a', Value: '1'}]})).body).toEqual({ScheduleGroupArn: GROUP})
    expect((await ask('POST', '/schedule-groups/Mine', {})).error).toBe('ConflictException')
    await create('rate(1 hour)', {GroupName: 'Mine', StartDate: START / 1000 + 3600})
    expect((await ask('GET', '/schedules?ScheduleGroup=Mine')).body).toEqual({Schedules: [expect.objectContaining({Arn: ARN.replace('default', 'Mine')})]})
    expect((await ask('GET', '/schedule-groups?NamePrefix=M')).body).toEqual({ScheduleGroups: [expect.objectContaining({Arn: GROUP, State: 'ACTIVE'})]})
    expect((await ask('DELETE', '/schedule-groups/Mine')).status).toBe(200)
    expect((await ask('GET', '/schedules')).body).toEqual({Schedules: []})
    expect(here.clock.pending()).toEqual([])
    expect((await create('rate(1 hour)', {GroupName: 'Mine'})).body).toEqual({Message: 'Schedule group Mine does not exist.'})
    expect((await ask('DELETE', '/schedule-groups/default')).error).toBe('ValidationException')
  })

  it('has tags', async () => {
    const path = `/tags/${encodeURIComponent(GROUP)}`
    await ask('POST', '/schedule-groups/Mine', {Tags: [{Key: 'a', Value: '1'}]})
    await ask('POST', path, {Tags: [{Key: 'b', Value: '2'}, {Key: 'c', Value: '3'}]})
    await ask('DELETE', `${path}?TagKeys=a&TagKeys=c`)
    expect((await ask('GET', path)).body).toEqual({Tags: [{Key: 'b', Value: '2'}]})
    expect((await ask('GET', `/tags/${encodeURIComponent(ARN)}`)).error).toBe('ValidationException')
  })
})
