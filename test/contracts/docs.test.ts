import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {readCatalogue, type Catalogue, type Entry} from '../../build/catalogue/catalogue'
import {listFeeds} from '../../build/catalogue/feeds'
import {type Feed, inOrder} from '../../build/catalogue/order'
import {page} from '../../build/catalogue/page'
import {listProperties, describeType} from '../../build/catalogue/properties'
import type {Rule} from '../../build/catalogue/rules'
import type {WiredResource} from '../../shared/wiring/wiring'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'docs/events.md'), 'utf8')

describe('docs/events.md', () => {
  it('is fresh: npm run contracts:docs would change nothing', () => {
    expect(page(readCatalogue(root))).toBe(text)
  })

  it('tells events in the order of a file\'s life, its failure last', () => {
    const flow = ['FileRequested', 'FileMetadataReady', 'FileDownloadStarted', 'FileDownloadCompleted', 'FileDownloadFailed']
    expect(readCatalogue(root).entries.map(({event}) => event).filter((event) => flow.includes(event))).toEqual(flow)
  })

  it('tells last of events that no one publishes yet', () => {
    const feed = (from: string, to: string): Feed => ({from: {kind: from.startsWith('File') ? 'event' : 'function', name: from}, to: {kind: to.startsWith('File') ? 'event' : 'function', name: to}})
    const feeds = [feed('FileIdle', 'Wait'), feed('Ask', 'FileAsked'), feed('FileAsked', 'Work'), feed('Work', 'FileDone'), feed('Work', 'FileLost'), feed('Ask', 'FileLost')]
    expect(inOrder(feeds, ['FileIdle', 'FileLost', 'FileDone', 'FileAsked'].map((event) => ({event}))).map(({event}) => event))
      .toEqual(['FileAsked', 'FileDone', 'FileLost', 'FileIdle'])
  })

  it('has a file at the end of each link of its own', () => {
    const targets = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target!)
    expect(targets.filter((target) => !existsSync(join(root, dirname('docs/events.md'), target)))).toEqual([])
  })

  it('has each heading that its overview leads to', () => {
    const headings = [...text.matchAll(/^## (\w+)$/gm)].map(([, name]) => name!.toLowerCase())
    expect([...text.matchAll(/\]\(#(\w+)\)/g)].map(([, anchor]) => anchor).filter((anchor) => !headings.includes(anchor!))).toEqual([])
  })
})

describe('the page', () => {
  const entry: Entry = {
    event: 'FileSampled', version: 'abc', examples: [{file: 'a.json', text: '{}'}, {file: 'full.json', text: '{"fileId": "f"}'}], publishers: [], rules: [],
    schema: {description: 'A sample.', 'x-amazon-events-source': 'mediadownloader.sample', properties: {kind: {type: 'string', pattern: '^(a|b)$', description: 'a | b'}}}
  }
  const rule: Rule = {
    name: 'Sample', description: 'For a look.', enabled: false, pattern: {'replay-name': [{exists: true}], source: [{prefix: 'mediadownloader.'}]},
    targets: [{kind: 'bus', name: 'Dev', retries: 3, retrySeconds: 240}]
  }
  const catalogue: Catalogue = {bus: 'Bus', registry: 'Registry', archive: {name: 'Archive', days: 7}, entries: [entry], rulesOfAll: [], feeds: []}
  const lines = (parts: Partial<Catalogue>): string[] => page({...catalogue, ...parts}).split('\n')

  it('says so where no one publishes or consumes an event', () => {
    expect(lines({})).toEqual(expect.arrayContaining([
      '| [FileSampled](#filesampled) | A sample. | no one yet | no one yet; the archive keeps it |', '- Published by no one yet', '- Consumed by no one yet; the archive keeps it'
    ]))
  })

  it('keeps a bar inside its cell', () => {
    expect(lines({})).toContain('| `kind` | string, `^(a\\|b)$` |  | a \\| b |')
  })

  it('shows the fullest example and leads to the others', () => {
    expect(lines({})).toEqual(expect.arrayContaining(['{"fileId": "f"}', 'More: [a.json](../src/types/events/FileSampled/examples/a.json).']))
  })

  it('says where a rule is off and where an undelivered event is lost', () => {
    expect(lines({entries: [{...entry, rules: [rule]}]})).toEqual(expect.arrayContaining([
      '- Consumed by the bus `Dev` (rule is off)', '| `Sample` (off) | the bus `Dev` | 3 times within 4 min | **lost** | – |',
      '  "source": [{"prefix":"mediadownloader."}],', '  "replay-name": [{"exists":true}]'
    ]))
  })

  it('tells of rules that match every event', () => {
    expect(lines({rulesOfAll: [rule]})).toContain('`Sample` matches `{"replay-name":[{"exists":true}],"source":[{"prefix":"mediadownloader."}]}`.')
  })
})

describe('a property', () => {
  it('inside an object or a list has its path', () => {
    const name = {type: 'string'}
    expect(listProperties({properties: {author: {type: 'object', required: ['name'], properties: {name}}, tags: {type: 'array', items: {properties: {name}}}}})
      .map(({path, required}) => ({path, required}))).toEqual([
      {path: 'author', required: false}, {path: 'author.name', required: true}, {path: 'tags', required: false}, {path: 'tags[].name', required: false}
    ])
  })

  it.each([
    [{type: 'integer', minimum: 1}, 'integer, at least 1'],
    [{type: 'number', minimum: 0, maximum: 1}, 'number, 0 to 1'],
    [{type: 'string', maxLength: 5000}, 'string, at most 5,000 characters'],
    [{type: 'string', minLength: 2, maxLength: 2}, 'string, 2 characters'],
    [{type: 'string', format: 'date-time'}, 'ISO 8601 time'],
    [{type: 'string', enum: ['a', 'b']}, 'string, one of `"a"`, `"b"`'],
    [{type: 'array', items: {type: 'string'}, maxItems: 3}, 'list of string, at most 3 items'],
    [{}, 'anything']
  ])('%j is told as %s', (schema, told) => {
    expect(describeType(schema)).toBe(told)
  })
})

describe('listFeeds', () => {
  const resource = (type: string, values: Record<string, unknown>): WiredResource => ({address: type, type, name: '', values})
  const policy = (role: string, Statement: unknown) => resource('aws_iam_role_policy', {role, policy: JSON.stringify({Statement})})
  const publish = (event: string) => ({Action: 'events:PutEvents', Resource: 'arn', Condition: {StringEquals: {'events:detail-type': event}}})

  it('leads from the route to the consumer, and leaves out who has no part in it', () => {
    const feeds = listFeeds([
      resource('aws_sfn_state_machine', {name: 'Work'}),
      resource('aws_apigatewayv2_integration', {id: '1', integration_uri: 'arn:aws:lambda:r:1:function:Ask'}),
      resource('aws_apigatewayv2_integration', {id: '2', integration_uri: 'arn:aws:lambda:r:1:function:List'}),
      resource('aws_apigatewayv2_route', {route_key: 'POST /ask', target: 'integrations/1'}),
      resource('aws_apigatewayv2_route', {route_key: 'GET /list', target: 'integrations/2'}),
      policy('Ask', publish('Asked')),
      resource('aws_cloudwatch_event_rule', {name: 'Asked', event_pattern: '{"detail-type":["Asked"]}', state: 'ENABLED'}),
      resource('aws_cloudwatch_event_target', {rule: 'Asked', arn: 'arn:aws:states:r:1:stateMachine:Work'}),
      resource('aws_lambda_function', {function_name: 'Poll'}),
      policy('Poll', [{Action: 'states:StartExecution', Resource: 'arn:aws:states:r:1:stateMachine:Work'}]),
      policy('Asked', [{Action: 'states:StartExecution', Resource: 'arn:aws:states:r:1:stateMachine:Work'}]),
      policy('Work', [{Action: ['lambda:InvokeFunction'], Resource: ['arn:aws:lambda:r:1:function:Fetch']}]),
      policy('Fetch', [{Action: ['s3:PutObject'], Resource: 'arn:aws:s3:::media/x/*'}]),
      resource('aws_s3_bucket_notification', {bucket: 'media', lambda_function: [{lambda_function_arn: 'arn:aws:lambda:r:1:function:Say'}]}),
      policy('Say', [publish('Came')])
    ], ['Asked', 'Came'])
    expect(feeds.map(({from, to}) => `${from.kind} ${from.name} > ${to.kind} ${to.name}`)).toEqual([
      'function Poll > workflow Work', 'route POST /ask > function Ask', 'function Ask > event Asked', 'event Asked > workflow Work', 'workflow Work > function Fetch',
      'function Fetch > bucket media', 'bucket media > function Say', 'function Say > event Came'
    ])
  })
})
