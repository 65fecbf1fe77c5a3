import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {type Asked, serve} from './ask'
import {bench, BUS, FUNCTION, QUEUE, wiring} from './bus'
import {START} from './manual-clock'

const DEFAULT = BUS.replace('/Bus', '/default')
const RULE = 'arn:aws:events:us-west-2:123456789012:rule/Bus/Rule'
const seconds = START / 1000
const since = {CreationTime: seconds, LastModifiedTime: seconds}

let asked: Asked
beforeAll(async () => {
  const transformer = {input_transformer: [{input_paths: {n: '$.detail.n'}, input_template: '{"n": <n>}'}], dead_letter_config: [{arn: QUEUE}]}
  asked = await serve(bench({wiring: wiring(transformer, {description: 'A rule.'})}).events)
})
afterAll(() => asked.close())

const ask = async (operation: string, input: object = {}): Promise<unknown> => (await asked.ask(operation, input)).body
const fault = (__type: string, message: unknown) => ({__type, message})

describe('event buses', () => {
  it('are those of the wiring and the default one', async () => {
    expect(await ask('ListEventBuses')).toEqual({EventBuses: [{Name: 'Bus', Arn: BUS, ...since}, {Name: 'default', Arn: DEFAULT, ...since}]})
    expect(await ask('DescribeEventBus', {Name: 'Bus'})).toEqual({Name: 'Bus', Arn: BUS, ...since})
    expect(await ask('DescribeEventBus')).toEqual({Name: 'default', Arn: DEFAULT, ...since})
    expect(await ask('DescribeEventBus', {Name: 'None'})).toEqual(fault('ResourceNotFoundException', 'Event bus None does not exist.'))
  })

  it('can be made and removed, but not the default one and none with rules', async () => {
    expect(await ask('CreateEventBus', {Name: 'New', Description: 'd'})).toEqual({EventBusArn: BUS.replace('/Bus', '/New'), Description: 'd'})
    expect(await ask('CreateEventBus', {Name: 'New'})).toEqual(fault('ResourceAlreadyExistsException', 'Event bus New already exists.'))
    expect(await ask('ListEventBuses', {NamePrefix: 'N'})).toEqual({EventBuses: [{Name: 'New', Arn: BUS.replace('/Bus', '/New'), Description: 'd', ...since}]})
    expect(await ask('DeleteEventBus', {Name: 'New'})).toEqual({})
    expect(await ask('DeleteEventBus', {Name: 'default'})).toEqual(fault('ValidationException', 'Cannot delete event bus default.'))
    expect(await ask('DeleteEventBus', {Name: 'Bus'})).toEqual(fault('ValidationException', 'Event bus can\'t be deleted since it has rules.'))
  })
})

describe('rules and targets', () => {
  const rule = {Name: 'Rule', Arn: RULE, EventBusName: 'Bus', State: 'ENABLED', EventPattern: '{"source":["shop"]}', Description: 'A rule.'}

  it('are those of the wiring', async () => {
    expect(await ask('ListRules', {EventBusName: 'Bus', NamePrefix: 'R'})).toEqual({Rules: [rule]})
    expect(await ask('DescribeRule', {Name: 'Rule', EventBusName: BUS})).toEqual({...rule, CreatedBy: '123456789012'})
    expect(await ask('ListTargetsByRule', {Rule: 'Rule', EventBusName: 'Bus'})).toEqual({Targets: [{
      Id: 'Consumer', Arn: FUNCTION, DeadLetterConfig: {Arn: QUEUE}, InputTransformer: {InputPathsMap: {n: '$.detail.n'}, InputTemplate: '{"n": <n>}'}
    }]})
    expect(await ask('ListRuleNamesByTarget', {TargetArn: FUNCTION, EventBusName: 'Bus'})).toEqual({RuleNames: ['Rule']})
    expect(await ask('DescribeRule', {Name: 'Rule'})).toEqual(fault('ResourceNotFoundException', 'Rule Rule does not exist on EventBus default.'))
  })

  it('can be switched off and on', async () => {
    expect(await ask('DisableRule', {Name: 'Rule', EventBusName: 'Bus'})).toEqual({})
    expect(await ask('DescribeRule', {Name: 'Rule', EventBusName: 'Bus'})).toEqual(expect.objectContaining({State: 'DISABLED'}))
    await ask('EnableRule', {Name: 'Rule', EventBusName: 'Bus'})
    expect(await ask('DescribeRule', {Name: 'Rule', EventBusName: 'Bus'})).toEqual(expect.objectContaining({State: 'ENABLED'}))
  })

  it('can be made, replaced, and removed without targets', async () => {
    const at = {EventBusName: 'Bus', Name: 'Made'}
    expect(await ask('PutRule', {...at, EventPattern: '{"a":[1]}'})).toEqual({RuleArn: RULE.replace(/Rule$/, 'Made')})
    expect(await ask('PutTargets', {Rule: 'Made', EventBusName: 'Bus', Targets: [{Id: 'A', Arn: FUNCTION}, {Id: 'B', Arn: QUEUE, Input: '{}'}]}))
      .toEqual({FailedEntryCount: 0, FailedEntries: []})
    expect(await ask('PutRule', {...at, EventPattern: '{"a":[2]}', State: 'DISABLED'})).toEqual({RuleArn: RULE.replace(/Rule$/, 'Made')})
    expect(await ask('ListTargetsByRule', {Rule: 'Made', EventBusName: 'Bus', Limit: 1}))
      .toEqual({Targets: [{Id: 'A', Arn: FUNCTION}], NextToken: expect.any(String)})
    expect(await ask('DeleteRule', at)).toEqual(fault('ValidationException', 'Rule can\'t be deleted since it has targets.'))
    expect(await ask('RemoveTargets', {Rule: 'Made', EventBusName: 'Bus', Ids: ['A', 'B', 'C']})).toEqual({FailedEntryCount: 1, FailedEntries: [{
      TargetId: 'C', ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'Rule Made does not have a target with the Id C.'
    }]})
    expect(await ask('DeleteRule', at)).toEqual({})
    expect(await ask('DescribeRule', at)).toEqual(fault('ResourceNotFoundException', 'Rule Made does not exist on EventBus Bus.'))
  })

  it('pages by token', async () => {
    for (const Name of ['P1', 'P2', 'P3']) {
      await ask('PutRule', {Name, EventPattern: '{"a":[1]}'})
    }
    const first = await ask('ListRules', {Limit: 2}) as {Rules: Array<{Name: string}>, NextToken: string}
    const second = await ask('ListRules', {Limit: 2, NextToken: first.NextToken}) as {Rules: Array<{Name: string}>}
    expect([...first.Rules, ...second.Rules].map(({Name}) => Name)).toEqual(['P1', 'P2', 'P3'])
    expect(await ask('ListRules', {NextToken: 'nonsense'})).toEqual(fault('ValidationException', expect.stringContaining('an earlier page')))
  })

  it.each<[string, string, object, string, unknown]>([
    ['an invalid pattern', 'PutRule', {Name: 'X', EventPattern: '{"a":1}'}, 'InvalidEventPatternException',
      'Event pattern is not valid. Reason: "a" must be an object or an array\n at [Source: (String)"{"a":1}"; line: 1, column: 7]'],
    ['neither pattern nor schedule', 'PutRule', {Name: 'X'}, 'ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    ['a schedule on a custom bus', 'PutRule', {Name: 'X', EventBusName: 'Bus', ScheduleExpression: 'rate(1 minute)'}, 'ValidationException',
      'ScheduleExpression is supported only on the default event bus.'],
    ['several faults at once', 'PutRule', {Name: 'a b', State: 'ON'}, 'ValidationException',
      '2 validation errors detected: Value \'a b\' at \'name\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; '
      + 'Value \'ON\' at \'state\' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]'],
    ['no name', 'PutRule', {}, 'ValidationException', '1 validation error detected: Value null at \'name\' failed to satisfy constraint: Member must not be null'],
    ['a name of the wrong type', 'PutRule', {Name: 5}, 'SerializationException', 'Expected \'Name\' to be a string.'],
    ['an unknown operation', 'PutNothing', {}, 'UnknownOperationException', expect.any(String)]
  ])('refuse %s', async (_name, operation, input, code, message) => {
    expect(await ask(operation, input)).toEqual(fault(code, message))
  })

  it.each<[object, string]>([
    [{Input: '{}', InputPath: '$'}, 'Only one of Input, InputPath, or InputTransformer must be provided for target T.'],
    [{Input: 'text'}, 'JSON syntax error in input for target T.'],
    [{InputPath: 'detail'}, 'Invalid input path for target T: detail.'],
    [{InputTransformer: {InputPathsMap: {a: '$.a'}, InputTemplate: '"<a> <notdefinedkey>"'}}, 'InputTemplate for target T contains invalid placeholder notdefinedkey.'],
    [{InputTransformer: {InputPathsMap: {'aws.events.event': '$.a'}, InputTemplate: '"x"'}}, 'InputPathsMap for target T contains invalid key aws.events.event.'],
    [{RetryPolicy: {MaximumRetryAttempts: 186}}, 'RetryPolicy for target T must have 0 to 185 attempts and an age of 60 to 86400 seconds.'],
    [{DeadLetterConfig: {Arn: `${QUEUE}.fifo`}}, 'Invalid DeadLetterConfig for target T: expected the ARN of a standard queue.'],
    [{Arn: 'arn:aws:states:us-west-2:123456789012:stateMachine:M'}, 'RoleArn is required for target arn:aws:states:us-west-2:123456789012:stateMachine:M.'],
    [{Id: '!@#$@!#$'}, '1 validation error detected: Value \'!@#$@!#$\' at \'targets.1.member.id\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'],
    [{Id: 'a'.repeat(65)}, `1 validation error detected: Value '${'a'.repeat(65)}' at 'targets.1.member.id' failed to satisfy constraint: Member must have length less than or equal to 64`],
    [{Arn: 'arn:aws:kinesis:us-west-2:123456789012:stream/S'}, 'The embedded EventBridge delivers to functions, state machines, queues, topics and event buses; got arn:aws:kinesis:us-west-2:123456789012:stream/S.'],
    [{SqsParameters: {MessageGroupId: 'g'}}, 'The embedded EventBridge delivers to functions, state machines, queues, topics and event buses; got SqsParameters.'],
    [{Arn: 'queue'}, 'Parameter queue is not valid. Reason: Provided Arn is not in correct format.']
  ])('refuse the target %j', async (more, message) => {
    expect(await ask('PutTargets', {Rule: 'Rule', EventBusName: 'Bus', Targets: [{Id: 'T', Arn: FUNCTION, ...more}]})).toEqual(fault('ValidationException', message))
  })

  it('take no more than five targets', async () => {
    const Targets = ['1', '2', '3', '4', '5', '6'].map((Id) => ({Id, Arn: FUNCTION}))
    expect(await ask('PutTargets', {Rule: 'Rule', EventBusName: 'Bus', Targets})).toEqual(fault('LimitExceededException', expect.any(String)))
  })
})

describe('archives', () => {
  const arn = 'arn:aws:events:us-west-2:123456789012:archive/Made'

  it('can be made, changed, listed and removed', async () => {
    const made = {ArchiveArn: arn, State: 'ENABLED', CreationTime: seconds}
    expect(await ask('CreateArchive', {ArchiveName: 'Made', EventSourceArn: DEFAULT, RetentionDays: 1, Description: 'd'})).toEqual(made)
    expect(await ask('CreateArchive', {ArchiveName: 'Made', EventSourceArn: DEFAULT})).toEqual(fault('ResourceAlreadyExistsException', 'Archive Made already exists.'))
    expect(await ask('UpdateArchive', {ArchiveName: 'Made', RetentionDays: 2, EventPattern: '{"a":[1]}'})).toEqual(made)
    const summary = {ArchiveName: 'Made', EventSourceArn: DEFAULT, State: 'ENABLED', RetentionDays: 2, EventCount: 0, SizeBytes: 0, CreationTime: seconds}
    expect(await ask('ListArchives', {EventSourceArn: DEFAULT})).toEqual({Archives: [summary]})
    expect(await ask('ListArchives', {NamePrefix: 'Ma', State: 'ENABLED'})).toEqual({Archives: [summary]})
    expect(await ask('ListArchives', {State: 'DISABLED'})).toEqual({Archives: []})
    expect(await ask('DescribeArchive', {ArchiveName: 'Made'})).toEqual({...summary, ArchiveArn: arn, Description: 'd', EventPattern: '{"a":[1]}'})
    expect(await ask('DeleteArchive', {ArchiveName: 'Made'})).toEqual({})
    expect(await ask('DescribeArchive', {ArchiveName: 'Made'})).toEqual(fault('ResourceNotFoundException', 'Archive Made does not exist.'))
  })

  it('refuse an unknown bus and an invalid pattern', async () => {
    expect(await ask('CreateArchive', {ArchiveName: 'X', EventSourceArn: `${BUS}X`})).toEqual(fault('ResourceNotFoundException', 'Event bus BusX does not exist.'))
    expect(await ask('CreateArchive', {ArchiveName: 'X', EventSourceArn: BUS, EventPattern: '[]'}))
      .toEqual(fault('InvalidEventPatternException', expect.stringContaining('Filter is not an object')))
  })
})

describe('TestEventPattern', () => {
  const whole = {id: '1', 'detail-type': 't', source: 'a', account: '123456789012', time: '2022-07-13T13:48:01Z', region: 'us-east-2'}

  it('sees every value of a repeated key, and numbers as they are written', async () => {
    const Event = `${JSON.stringify(whole).slice(0, -1)},"detail":{"k":1,"k":2,"n":9007199254740993}}`
    expect(await ask('TestEventPattern', {EventPattern: '{"detail":{"k":[1],"n":[9007199254740993]}}', Event})).toEqual({Result: true})
    expect(await ask('TestEventPattern', {EventPattern: '{"detail":{"k":[2],"n":[9007199254740992]}}', Event})).toEqual({Result: false})
  })

  it.each([
    ...Object.keys(whole).map((name): [string, object] => [`without ${name}`, {...whole, [name]: undefined}]),
    ['with a time that is none', {...whole, time: 'yesterday'}],
    ['with a day that is none', {...whole, time: '2022-13-45T13:48:01Z'}],
    ['with a number for an id', {...whole, id: 1}]
  ])('refuses an event %s', async (_name, event) => {
    expect(await ask('TestEventPattern', {EventPattern: '{"source":["a"]}', Event: JSON.stringify(event)}))
      .toEqual(fault('ValidationException', 'Parameter Event is not valid.'))
  })

  it('fails on a pattern that AWS fails on', async () => {
    expect(await asked.ask('TestEventPattern', {EventPattern: '{"a":[{"anything-but":{"prefix":[]}}]}', Event: JSON.stringify(whole)}))
      .toEqual({status: 500, body: fault('InternalFailure', expect.any(String))})
  })

  it('says whether an event meets a pattern', async () => {
    expect(await ask('TestEventPattern', {EventPattern: '{"source":["a"]}', Event: JSON.stringify(whole)})).toEqual({Result: true})
    expect(await ask('TestEventPattern', {EventPattern: '{"source":["a"]}', Event: JSON.stringify({...whole, source: 'b'})})).toEqual({Result: false})
  })

  it('refuses an event that is no JSON object', async () => {
    expect(await ask('TestEventPattern', {EventPattern: '{"source":["a"]}', Event: 'text'})).toEqual(fault('ValidationException', 'Parameter Event is not valid.'))
    expect(await ask('TestEventPattern', {EventPattern: '{"source":["a"]}', Event: '[]'})).toEqual(fault('ValidationException', 'Parameter Event is not valid.'))
  })
})

describe('PutEvents over the wire', () => {
  it('answers as the engine does, and refuses members of the wrong type', async () => {
    expect(await ask('PutEvents', {Entries: [{Source: 'a', DetailType: 'b', Detail: '{}', Time: seconds, EventBusName: null}]}))
      .toEqual({FailedEntryCount: 0, Entries: [{EventId: expect.stringMatching(/^event-/)}]})
    expect(await ask('PutEvents', {Entries: [{Source: 5}]})).toEqual(fault('SerializationException', expect.any(String)))
    expect(await ask('PutEvents', {Entries: [{Time: 'yesterday'}]})).toEqual(fault('SerializationException', expect.any(String)))
  })
})
