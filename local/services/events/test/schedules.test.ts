import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {type Asked, serve} from './ask'
import {type Bench, bench, BUS, FUNCTION, QUEUE, wiring} from './bus'

const DEFAULT_RULE = 'arn:aws:events:us-west-2:123456789012:rule/Tick'
const MINUTE = 60_000

let made: Bench
let asked: Asked
const ask = async (operation: string, input: object = {}): Promise<unknown> => (await asked.ask(operation, input)).body
const begin = async (given: Parameters<typeof bench>[0] = {}): Promise<void> => {
  made = bench(given)
  asked = await serve(made.events)
  await made.events.start?.()
}
const scheduled = (id: string, time: string, arn = DEFAULT_RULE) => ({
  version: '0', id, 'detail-type': 'Scheduled Event', source: 'aws.events', account: '123456789012', time, region: 'us-west-2', resources: [arn], detail: {}
})

beforeEach(() => begin())
afterEach(async () => {
  await made.events.stop?.()
  await asked.close()
})

describe('a rule with a schedule', () => {
  it('that was put by the API fires, again and again, until it is disabled', async () => {
    await ask('PutRule', {Name: 'Tick', ScheduleExpression: 'rate(4 minutes)'})
    await ask('PutTargets', {Rule: 'Tick', Targets: [{Id: 'F', Arn: FUNCTION}, {Id: 'Q', Arn: QUEUE, Input: '{"a":1}'}]})
    await made.clock.advance(9 * MINUTE)
    expect(made.delivered.map(({target, payload}) => [target.arn, payload])).toEqual([
      [FUNCTION, scheduled('event-1', '2026-11-24T12:04:00Z')], [QUEUE, {a: 1}],
      [FUNCTION, scheduled('event-2', '2026-11-24T12:08:00Z')], [QUEUE, {a: 1}]
    ])
    await ask('DisableRule', {Name: 'Tick'})
    await made.clock.advance(9 * MINUTE)
    expect(made.delivered).toHaveLength(4)
    await ask('EnableRule', {Name: 'Tick'})
    await made.clock.advance(2 * MINUTE)
    expect(made.delivered.at(-2)?.payload).toEqual(scheduled('event-3', '2026-11-24T12:20:00Z'))
  })

  it('fires by cron, and no more once it is deleted', async () => {
    await ask('PutRule', {Name: 'Tick', ScheduleExpression: 'cron(30 12 ? * TUE *)'})
    await ask('PutTargets', {Rule: 'Tick', Targets: [{Id: 'F', Arn: FUNCTION, InputTransformer: {InputPathsMap: {at: '$.time'}, InputTemplate: '{"at": <at>}'}}]})
    await made.clock.advance(31 * MINUTE)
    expect(made.delivered.map(({payload}) => payload)).toEqual([{at: '2026-11-24T12:30:00Z'}])
    await ask('RemoveTargets', {Rule: 'Tick', Ids: ['F']})
    await ask('DeleteRule', {Name: 'Tick'})
    expect(made.clock.pending()).toEqual([])
  })

  it('takes a new schedule when it is put again', async () => {
    await ask('PutRule', {Name: 'Tick', ScheduleExpression: 'rate(1 hour)'})
    await ask('PutTargets', {Rule: 'Tick', Targets: [{Id: 'F', Arn: FUNCTION}]})
    await ask('PutRule', {Name: 'Tick', ScheduleExpression: 'rate(1 minute)'})
    await made.clock.advance(MINUTE)
    expect(made.delivered).toHaveLength(1)
  })

  it('is retried and dead-lettered as any delivery is', async () => {
    await ask('PutRule', {Name: 'Tick', ScheduleExpression: 'rate(1 day)'})
    await ask('PutTargets', {Rule: 'Tick', Targets: [{Id: 'F', Arn: FUNCTION, RetryPolicy: {MaximumRetryAttempts: 1}, DeadLetterConfig: {Arn: QUEUE}}]})
    made.fail = () => new Error('down')
    await made.clock.advance(24 * 60 * MINUTE + 5000)
    expect(made.deadLetters).toEqual([{queue: QUEUE, body: scheduled('event-1', '2026-11-25T12:00:00Z'), attributes: expect.objectContaining({RETRY_ATTEMPTS: '1'})}])
  })

  it('goes on after a restart where a rate would have come', async () => {
    await ask('PutRule', {Name: 'Tick', ScheduleExpression: 'rate(10 minutes)'})
    await ask('PutTargets', {Rule: 'Tick', Targets: [{Id: 'F', Arn: FUNCTION}]})
    await made.events.stop?.()
    await made.clock.advance(14 * MINUTE)
    const {clock, db} = made
    await asked.close()
    await begin({clock, db})
    await clock.advance(6 * MINUTE)
    expect(made.delivered.map(({payload}) => payload)).toEqual([scheduled('event-1', '2026-11-24T12:20:00Z')])
  })

  it.each([[{}, 2], [{state: 'DISABLED'}, 0]])('of the wiring fires as well: %j', async (rule, count) => {
    await asked.close()
    const values = {event_bus_name: 'default', event_pattern: '', schedule_expression: 'rate(4 minutes)', arn: DEFAULT_RULE, ...rule}
    await begin({wiring: wiring({event_bus_name: 'default'}, values)})
    await made.clock.advance(9 * MINUTE)
    expect(made.delivered.map(({payload}) => payload)).toHaveLength(count)
  })

  it.each(['hello', 'rate(1 minutes)', 'rate(5 minute)', 'cron(INVALID)', 'cron(0 1 * * * *)', 'cron(71 8 1 * ? *)', ' rate(10 minutes)', 'at(2026-12-31T23:59:59)'])(
    'is refused where AWS refuses it: %s', async (ScheduleExpression) => {
      expect(await ask('PutRule', {Name: 'Tick', ScheduleExpression})).toEqual({__type: 'ValidationException', message: 'Parameter ScheduleExpression is not valid.'})
    }
  )
})

describe('tags', () => {
  const tags = [{Key: 'tag1', Value: 'value1'}, {Key: 'tag2', Value: 'value2'}]

  it.each([['a rule', `${DEFAULT_RULE.replace('Tick', 'Bus/Rule')}`], ['a bus', BUS], ['the default bus', BUS.replace('/Bus', '/default')]])(
    'of %s are set, listed and taken away', async (_name, ResourceARN) => {
      expect(await ask('ListTagsForResource', {ResourceARN})).toEqual({Tags: []})
      expect(await ask('TagResource', {ResourceARN, Tags: tags})).toEqual({})
      expect(await ask('ListTagsForResource', {ResourceARN})).toEqual({Tags: tags})
      expect(await ask('UntagResource', {ResourceARN, TagKeys: ['tag2']})).toEqual({})
      expect(await ask('ListTagsForResource', {ResourceARN})).toEqual({Tags: [tags[0]]})
      expect(await ask('UntagResource', {ResourceARN, TagKeys: ['none']})).toEqual({})
    }
  )

  it('come with a new rule and a new bus, and go with them', async () => {
    const rule = `${DEFAULT_RULE.replace('Tick', 'New/R')}`
    await ask('CreateEventBus', {Name: 'New', Tags: tags})
    await ask('PutRule', {Name: 'R', EventBusName: 'New', EventPattern: '{"a":[1]}', Tags: tags})
    expect(await ask('ListTagsForResource', {ResourceARN: rule})).toEqual({Tags: tags})
    await ask('DeleteRule', {Name: 'R', EventBusName: 'New'})
    expect(await ask('ListTagsForResource', {ResourceARN: rule})).toEqual({__type: 'ResourceNotFoundException', message: 'Rule R does not exist on EventBus New.'})
    await ask('PutRule', {Name: 'R', EventBusName: 'New', EventPattern: '{"a":[1]}'})
    expect(await ask('ListTagsForResource', {ResourceARN: rule})).toEqual({Tags: []})
    expect(await ask('ListTagsForResource', {ResourceARN: BUS.replace('/Bus', '/New')})).toEqual({Tags: tags})
  })

  it.each([
    [BUS.replace('/Bus', '/None'), 'ResourceNotFoundException', 'Event bus None does not exist.'],
    [DEFAULT_RULE.replace('Tick', 'None'), 'ResourceNotFoundException', 'Rule None does not exist on EventBus default.'],
    ['arn:aws:sqs:us-west-2:123456789012:queue', 'ValidationException', expect.stringContaining('ResourceARN')]
  ])('of %s are refused', async (ResourceARN, __type, message) => {
    expect(await ask('ListTagsForResource', {ResourceARN})).toEqual({__type, message})
    expect(await ask('TagResource', {ResourceARN, Tags: tags})).toEqual({__type, message})
    expect(await ask('UntagResource', {ResourceARN, TagKeys: ['a']})).toEqual({__type, message})
  })
})

describe('the policy of a bus', () => {
  const statement = (Sid: string, Principal: unknown) => ({Sid, Effect: 'Allow', Principal, Action: 'events:PutEvents', Resource: BUS})
  const policy = async (): Promise<unknown> => {
    const {Policy} = await ask('DescribeEventBus', {Name: 'Bus'}) as {Policy?: string}
    return Policy === undefined ? undefined : JSON.parse(Policy)
  }
  const put = (StatementId: string, Principal: string) => ask('PutPermission', {EventBusName: 'Bus', Action: 'events:PutEvents', Principal, StatementId})

  it('grows and shrinks by statements', async () => {
    await put('one', '111111111111')
    await put('two', '*')
    expect(await policy()).toEqual({Version: '2012-10-17', Statement: [statement('one', {AWS: 'arn:aws:iam::111111111111:root'}), statement('two', '*')]})
    await ask('RemovePermission', {EventBusName: 'Bus', StatementId: 'one'})
    expect(await policy()).toEqual({Version: '2012-10-17', Statement: [statement('two', '*')]})
    expect(await ask('RemovePermission', {EventBusName: 'Bus', StatementId: 'one'}))
      .toEqual({__type: 'ResourceNotFoundException', message: 'Statement with the provided id does not exist.'})
    await ask('RemovePermission', {EventBusName: 'Bus', RemoveAllPermissions: true})
    expect(await policy()).toBeUndefined()
  })

  it('is taken whole', async () => {
    const Policy = JSON.stringify({Version: '2012-10-17', Statement: [statement('x', '*')]})
    expect(await ask('PutPermission', {EventBusName: 'Bus', Policy})).toEqual({})
    expect(await policy()).toEqual(JSON.parse(Policy))
    expect(await ask('PutPermission', {EventBusName: 'None', Policy})).toEqual({__type: 'ResourceNotFoundException', message: 'Event bus None does not exist.'})
  })
})
