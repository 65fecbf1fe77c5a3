import {describe, expect, it} from '@jest/globals'
import type {EventEnvelope} from '../../../runtime/core/types'
import {targetInput} from '../input'
import type {Target} from '../model'
import {envelope} from './bus'

const event = {
  ...envelope('event-1', {
    'instance-id': 'i-0123456789', state: 'RUNNING', count: 5, ok: true, none: null, quoted: 'say "hi"', list: [{id: 1}, {id: 2}], deep: {er: {x: 'y'}}, 'a/b': 'slash'
  }),
  resources: ['arn:1', 'arn:2']
} as unknown as EventEnvelope

const RULE = 'arn:aws:events:us-west-2:123456789012:rule/Bus/Rule'
const INGESTED = Date.parse('2026-11-24T12:34:56.789Z')

const inputOf = (target: Partial<Target>): string =>
  targetInput({event, ruleArn: RULE, ruleName: 'Rule', ingested: INGESTED, target: {Id: 'T', Arn: 'arn:t', ...target}})

const paths = {
  instance: '$.detail.instance-id', state: '$.detail.state', count: '$.detail.count', ok: '$.detail.ok', none: '$.detail.none', quoted: '$.detail.quoted',
  missing: '$.detail.missing', first: '$.resources[0]', all: '$.resources', ids: '$.detail.list[*].id', deep: '$.detail.deep', slash: '$.detail.a/b', whole: '$'
}

const transformed = (InputTemplate: string, InputPathsMap: Readonly<Record<string, string>> = paths): unknown =>
  JSON.parse(inputOf({InputTransformer: {InputPathsMap, InputTemplate}}))

describe('the input of a target', () => {
  it('is the event itself where nothing is said', () => {
    expect(inputOf({})).toBe(JSON.stringify(event))
  })

  it('is the constant input, letter by letter', () => {
    expect(inputOf({Input: '{ "a": 1 }'})).toBe('{ "a": 1 }')
  })

  it.each([
    ['$.detail.deep', '{"er":{"x":"y"}}'],
    ['$.detail.deep.er.x', '"y"'],
    ['$.detail.list[1]', '{"id":2}'],
    ['$.detail-type', '"Order"'],
    ['$[\'detail-type\']', '"Order"'],
    ['$.resources[*]', '["arn:1","arn:2"]'],
    ['$.detail.deep.*', '[{"x":"y"}]'],
    ['$.detail.none', 'null'],
    ['$.detail.missing', 'null'],
    ['$.detail.state.deeper', 'null'],
    ['$', JSON.stringify(event)]
  ])('is what lies at the input path %s', (InputPath, input) => {
    expect(inputOf({InputPath})).toBe(input)
  })

  it.each<[string, unknown]>([
    ['"instance <instance> is in <state>"', 'instance i-0123456789 is in RUNNING'],
    ['"instance \\"<instance>\\" is in <state>"', 'instance "i-0123456789" is in RUNNING'],
    ['{"instance" : <instance>, "state": <state>}', {instance: 'i-0123456789', state: 'RUNNING'}],
    ['{"instance": <instance>, "state": "<state>", "s": "instance \\"<instance>\\" is in <state>"}', {instance: 'i-0123456789', state: 'RUNNING', s: 'instance "i-0123456789" is in RUNNING'}],
    ['{"instance": <instance>, "state": [ 9, <state>, true ], "Transformed" : "Yes"}', {instance: 'i-0123456789', state: [9, 'RUNNING', true], Transformed: 'Yes'}],
    ['{"count": <count>, "ok": <ok>, "none": <none>}', {count: 5, ok: true, none: null}],
    ['"<count> <ok> <none>"', '5 true null'],
    ['{"first": <first>, "all": <all>, "ids": <ids>}', {first: 'arn:1', all: ['arn:1', 'arn:2'], ids: [1, 2]}],
    ['<deep>', {er: {x: 'y'}}],
    ['<instance>', 'i-0123456789'],
    ['"<deep>"', '{er:{x:y}}'],
    ['"deep <deep> all <all>"', 'deep {er:{x:y}} all [arn:1,arn:2]'],
    ['{"ids": "<ids>", "count": "<count>"}', {ids: '[1,2]', count: '5'}],
    ['{"slash": <slash>}', {slash: 'slash'}],
    ['{"quoted": <quoted>}', {quoted: 'say "hi"'}],
    ['{"missing": <missing>}', {missing: ''}],
    ['"nothing: <missing>."', 'nothing: .'],
    ['"{[/Check with special characters for <detail-type>"', '{[/Check with special characters for <detail-type>'],
    ['"<aws.events.rule-name> triggered"', 'Rule triggered'],
    ['{"rule": <aws.events.rule-arn>, "at": <aws.events.event.ingestion-time>}', {rule: RULE, at: '2026-11-24T12:34:56Z'}],
    ['{"event": <aws.events.event.json>}', {event}],
    ['{"event": <aws.events.event>}', {event: {
      version: '0', id: 'event-1', detailType: 'Order', source: 'shop', account: '123456789012', time: '2026-11-24T12:34:56Z', region: 'us-west-2', resources: ['arn:1', 'arn:2']
    }}]
  ])('is made by the template %s', (template, input) => {
    expect(transformed(template)).toEqual(input)
  })

  it('is minified', () => {
    expect(inputOf({InputTransformer: {InputPathsMap: {state: '$.detail.state'}, InputTemplate: '{\n  "state" : <state>\n}\n'}})).toBe('{"state":"RUNNING"}')
  })

  it.each(['{"deep": "<deep>"}', '{"path": "users/<deep>", "body": <deep>}', '{"all": "<all>"}', '["<deep>"]', '{"event": "<aws.events.event.json>"}'])(
    'does not exist if an object or a list of texts stands in quotes: %s', (template) => {
      expect(() => transformed(template)).toThrow(expect.objectContaining({code: 'INVALID_JSON'}))
    }
  )

  it('is an error that is not retried where a value in quotes breaks the JSON, as EventBridge does not escape it', () => {
    expect(() => transformed('{"text": "<quoted>"}')).toThrow(expect.objectContaining({
      code: 'INVALID_JSON', message: expect.stringContaining('{"text": "say "hi""}')
    }))
  })
})
