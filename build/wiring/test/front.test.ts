import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {type Front, startFront} from '../front'

const signedFor = (service: string) => ({authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-west-2/${service}/aws4_request, SignedHeaders=host, Signature=0`})

let moto: Server
let front: Front

beforeEach(async () => {
  moto = createServer((request, response) => request.url === '/v2/apis/api/routes'
    ? response.end(JSON.stringify({items: [{routeKey: 'POST /feedly'}, {routeKey: 'GET /files', authorizerId: 'used'}]}))
    : request.method === 'GET' && request.url?.startsWith('/2015-03-31/functions/') === true
      ? response.end(JSON.stringify({Configuration: {Handler: 'index.handler'}}))
      : response.writeHead(299, {'x-from': 'moto'}).end(`${request.method} ${request.url}`))
  await new Promise<void>((resolve) => moto.listen(0, '127.0.0.1', resolve))
  front = await startFront((moto.address() as AddressInfo).port)
})

afterEach(() => {
  front.stop()
  moto.close()
  moto.closeAllConnections()
})

const call = async (service: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${front.url}${path}`, {method, body: text, headers: {...signedFor(service), ...headers}})
  const answer = await response.text()
  return {status: response.status, body: answer.startsWith('{') ? JSON.parse(answer) as unknown : answer}
}

describe('the front', () => {
  it('passes on what it has no answer for', async () => {
    expect(await call('sqs', 'POST', '/?Action=ListQueues', '')).toEqual({status: 299, body: 'POST /?Action=ListQueues'})
    expect(await call('s3', 'GET', '/bucket?acl')).toEqual({status: 299, body: 'GET /bucket?acl'})
    expect(await call('states', 'POST', '/', {}, {'x-amz-target': 'AWSStepFunctions.CreateStateMachine'})).toEqual({status: 299, body: 'POST /'})
  })
})

describe('its schema registry', () => {
  const registry = '/v1/registries/name/Schemas'
  const schema = `${registry}/schemas/name/Asked`
  const arn = 'arn:aws:schemas:us-west-2:123456789012:schema/Schemas/Asked'

  it('makes, reads, changes and deletes a schema', async () => {
    await call('schemas', 'POST', registry, {Description: 'all', tags: {}})
    await call('schemas', 'POST', schema, {Content: '{}', Type: 'OpenApi3', tags: {Project: 'Media'}})
    await call('schemas', 'PUT', schema, {Content: '{"openapi":"3.0.0"}'})
    expect(await call('schemas', 'GET', schema)).toEqual({status: 200, body: {
      Content: '{"openapi":"3.0.0"}', Type: 'OpenApi3', SchemaName: 'Asked', SchemaArn: arn, SchemaVersion: '2',
      LastModified: '2026-01-01T00:00:00Z', VersionCreatedDate: '2026-01-01T00:00:00Z', tags: {Project: 'Media'}
    }})
    expect(await call('schemas', 'DELETE', schema)).toEqual({status: 204, body: ''})
    expect(await call('schemas', 'GET', schema)).toEqual({status: 404, body: {Code: 'NotFoundException', Message: `${arn} does not exist.`}})
    expect(await call('schemas', 'GET', registry)).toEqual({status: 200, body: {
      Description: 'all', RegistryName: 'Schemas', RegistryArn: 'arn:aws:schemas:us-west-2:123456789012:registry/Schemas', tags: {}
    }})
  })

  it('is in the Region that a call is signed for', async () => {
    const {authorization} = signedFor('schemas')
    const elsewhere = {authorization: authorization.replace('us-west-2', 'ap-southeast-2')}
    await call('schemas', 'POST', schema, {Content: '{}', Type: 'OpenApi3'}, elsewhere)
    expect((await call('schemas', 'GET', schema, undefined, elsewhere)).body).toMatchObject({SchemaArn: arn.replace('us-west-2', 'ap-southeast-2')})
    expect((await call('schemas', 'GET', schema)).status).toBe(404)
  })

  it('adds and removes tags', async () => {
    const tags = `/tags/${encodeURIComponent(arn)}`
    await call('schemas', 'POST', schema, {Content: '{}', Type: 'OpenApi3', tags: {Project: 'Media'}})
    await call('schemas', 'POST', tags, {tags: {Owner: 'us'}})
    await call('schemas', 'DELETE', `${tags}?tagKeys=Project`)
    expect(await call('schemas', 'GET', tags)).toEqual({status: 200, body: {tags: {Owner: 'us'}}})
  })
})

describe('its checks of state machines', () => {
  const validate = (definition: unknown) => call('states', 'POST', '/', {definition: JSON.stringify(definition)},
    {'x-amz-target': 'AWSStepFunctions.ValidateStateMachineDefinition'})

  it('accept a definition that holds', async () => {
    expect(await validate({StartAt: 'Done', States: {Done: {Type: 'Succeed'}}})).toEqual({status: 200, body: {result: 'OK', diagnostics: [], truncated: false}})
  })

  it('refuse one whose states lead nowhere', async () => {
    const {body} = await validate({StartAt: 'First', States: {First: {Type: 'Pass', Next: 'Nowhere'}}}) as {body: {result: string, diagnostics: Array<{severity: string, code: string}>}}
    expect({result: body.result, first: {severity: body.diagnostics[0]?.severity, code: body.diagnostics[0]?.code}})
      .toEqual({result: 'FAIL', first: {severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET'}})
  })

  it('know of no versions', async () => {
    expect(await call('states', 'POST', '/', {}, {'x-amz-target': 'AWSStepFunctions.ListStateMachineVersions'})).toEqual({status: 200, body: {stateMachineVersions: []}})
  })
})

describe('its bucket policies', () => {
  it('are kept away from moto, and read back as they were given', async () => {
    expect((await call('s3', 'GET', '/media?policy')).status).toBe(404)
    expect(await call('s3', 'PUT', '/media?policy', {Version: '2012-10-17'})).toEqual({status: 204, body: ''})
    expect(await call('s3', 'GET', '/media?policy')).toEqual({status: 200, body: {Version: '2012-10-17'}})
    expect((await call('s3', 'DELETE', '/media?policy')).status).toBe(204)
    expect((await call('s3', 'GET', '/media?policy')).status).toBe(404)
  })
})

describe('its authorizers', () => {
  it('are not deleted while a route uses them', async () => {
    expect(await call('apigateway', 'DELETE', '/v2/apis/api/authorizers/used')).toEqual({
      status: 409, body: {message: 'Cannot delete authorizer \'used\', is referenced in route: GET /files'}
    })
  })

  it('are left to moto otherwise', async () => {
    expect([await call('apigateway', 'DELETE', '/v2/apis/api/authorizers/free'), await call('apigateway', 'GET', '/v2/apis/api/authorizers/used')]).toEqual([
      {status: 299, body: 'DELETE /v2/apis/api/authorizers/free'}, {status: 299, body: 'GET /v2/apis/api/authorizers/used'}
    ])
  })
})

describe('its functions', () => {
  const functions = '/2015-03-31/functions'
  const keyOf = async (name: string) => ((await call('lambda', 'GET', `${functions}/${name}`)).body as {Configuration?: {KMSKeyArn?: string}}).Configuration?.KMSKeyArn

  it('keep the key of their environment, which moto forgets, until another is set or none', async () => {
    await call('lambda', 'POST', functions, {FunctionName: 'Keyed', KMSKeyArn: 'arn:aws:kms:us-west-2:123456789012:key/one'})
    expect([await keyOf('Keyed'), await keyOf('Other')]).toEqual(['arn:aws:kms:us-west-2:123456789012:key/one', undefined])
    await call('lambda', 'PUT', `${functions}/Keyed/configuration`, {KMSKeyArn: 'arn:aws:kms:us-west-2:123456789012:key/two'})
    await call('lambda', 'PUT', `${functions}/Keyed/configuration`, {MemorySize: 512})
    expect(await keyOf('Keyed')).toBe('arn:aws:kms:us-west-2:123456789012:key/two')
    await call('lambda', 'PUT', `${functions}/Keyed/configuration`, {KMSKeyArn: ''})
    expect(await keyOf('Keyed')).toBeUndefined()
  })
})

describe('its budgets', () => {
  const ask = (operation: string, fields: object) => call('budgets', 'POST', '/', fields, {'x-amz-target': `AWSBudgetServiceGateway.${operation}`})
  const notification = {NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 100}
  const subscribers = [{SubscriptionType: 'SNS', Address: 'arn:aws:sns:us-west-2:123456789012:Alarms'}]

  it('keep notifications with their subscribers until they are deleted', async () => {
    await ask('CreateBudget', {Budget: {BudgetName: 'Month', BudgetType: 'COST'}, ResourceTags: [{Key: 'Project', Value: 'Media'}]})
    await ask('UpdateBudget', {NewBudget: {BudgetName: 'Month', BudgetLimit: {Amount: '25', Unit: 'USD'}}})
    await ask('CreateNotification', {BudgetName: 'Month', Notification: notification, Subscribers: subscribers})
    expect([
      await ask('DescribeBudget', {BudgetName: 'Month'}),
      await ask('DescribeNotificationsForBudget', {BudgetName: 'Month'}),
      await ask('DescribeSubscribersForNotification', {BudgetName: 'Month', Notification: notification}),
      await ask('ListTagsForResource', {ResourceARN: 'arn:aws:budgets::123456789012:budget/Month'})
    ].map(({body}) => body)).toEqual([
      {Budget: expect.objectContaining({BudgetName: 'Month', BudgetType: 'COST', BudgetLimit: {Amount: '25', Unit: 'USD'}})}, {Notifications: [notification]}, {Subscribers: subscribers}, {ResourceTags: [{Key: 'Project', Value: 'Media'}]}
    ])
    await ask('DeleteBudget', {BudgetName: 'Month'})
    expect(await ask('DescribeBudget', {BudgetName: 'Month'})).toEqual({status: 400, body: expect.objectContaining({__type: 'NotFoundException'})})
  })

  it('know what they do not know', async () => {
    await ask('CreateBudget', {Budget: {BudgetName: 'Month'}})
    expect(await ask('CreateBudgetAction', {BudgetName: 'Month'})).toEqual({status: 400, body: expect.objectContaining({__type: 'InvalidParameterException'})})
  })
})
