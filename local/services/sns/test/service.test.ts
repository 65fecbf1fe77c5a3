import {
  CreatePlatformEndpointCommand, DeleteEndpointCommand, GetEndpointAttributesCommand, ListEndpointsByPlatformApplicationCommand, PublishCommand,
  SetEndpointAttributesCommand, SNSClient, type PublishCommandInput
} from '@aws-sdk/client-sns'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {openStore} from '../../../runtime/core/store'
import type {Observation} from '../../../runtime/core/types'
import {clientFor, refusal, serve, type Served} from '../../../runtime/engines/test/serve'
import {manualClock} from '../../events/test/manual-clock'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {createSns, type SnsService} from '../service'

const application = 'arn:aws:sns:us-west-2:123456789012:app/APNS/MediaDownloader'
const topic = 'arn:aws:sns:us-west-2:123456789012:Alarms'
const observed: Observation[] = []
let service: SnsService
let served: Served
let client: SNSClient

beforeAll(async () => {
  const wiring = parseWiring({values: {root_module: {resources: [
    {address: '', type: 'aws_sns_platform_application', name: 'Apns', values: {arn: application, platform: 'APNS'}},
    {address: '', type: 'aws_sns_platform_application', name: 'Fcm', values: {arn: application.replace('APNS', 'GCM'), platform: 'GCM'}},
    {address: '', type: 'aws_sns_topic', name: 'Alarms', values: {arn: topic}}
  ]}}})
  service = createSns({db: openStore(':memory:'), clock: manualClock(), observe: (observation) => observed.push(observation), wiring})
  served = await serve([service])
  client = new SNSClient(clientFor(served.address))
})
beforeEach(() => { observed.length = 0 })
afterAll(async () => {
  client.destroy()
  await served.close()
})

const create = async (Token: string, more: object = {}): Promise<string> =>
  (await client.send(new CreatePlatformEndpointCommand({PlatformApplicationArn: application, Token, CustomUserData: 'ann', ...more}))).EndpointArn!

const attributes = async (EndpointArn: string) => (await client.send(new GetEndpointAttributesCommand({EndpointArn}))).Attributes

const publish = (TargetArn: string, more: Partial<PublishCommandInput> = {}) => client.send(new PublishCommand({TargetArn, Message: 'hello', ...more}))

describe('An endpoint', () => {
  it('is made once for a token', async () => {
    const arn = await create('token-1')
    expect(arn).toMatch(/^arn:aws:sns:us-west-2:123456789012:endpoint\/APNS\/MediaDownloader\/[\w-]{36}$/)
    expect(await create('token-1')).toBe(arn)
    expect(await attributes(arn)).toEqual({Enabled: 'true', Token: 'token-1', CustomUserData: 'ann'})
  })

  it('with other attributes is refused, and the message names the one that is there', async () => {
    const arn = await create('token-2')
    expect(await refusal(create('token-2', {CustomUserData: 'bob'}))).toEqual({
      name: 'InvalidParameterException', status: 400,
      message: `Invalid parameter: Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`
    })
  })

  it('is changed, attribute by attribute', async () => {
    const arn = await create('token-3')
    await client.send(new SetEndpointAttributesCommand({EndpointArn: arn, Attributes: {Enabled: 'false', CustomUserData: 'b & <c>'}}))
    expect(await attributes(arn)).toEqual({Enabled: 'false', Token: 'token-3', CustomUserData: 'b & <c>'})
  })

  it('is listed with its application until it is deleted', async () => {
    const arn = await create('token-4')
    const list = async () => (await client.send(new ListEndpointsByPlatformApplicationCommand({PlatformApplicationArn: application}))).Endpoints!
    expect(await list()).toContainEqual({EndpointArn: arn, Attributes: {Enabled: 'true', Token: 'token-4', CustomUserData: 'ann'}})
    for (const _ of [1, 2]) {
      await client.send(new DeleteEndpointCommand({EndpointArn: arn}))
    }
    expect((await list()).map(({EndpointArn}) => EndpointArn)).not.toContain(arn)
    expect(await refusal(attributes(arn))).toEqual({name: 'NotFoundException', message: 'Endpoint does not exist', status: 404})
  })

  it('without a token is refused', async () => {
    expect(await refusal(create(''))).toEqual({name: 'InvalidParameterException', message: 'Invalid parameter: Token', status: 400})
  })

  it('of an unknown application is refused', async () => {
    expect((await refusal(create('t', {PlatformApplicationArn: `${application}-none`}))).name).toBe('NotFoundException')
  })
})

describe('A push', () => {
  it('ends in the ledger, as its platform would get it', async () => {
    const arn = await create('token-5')
    const Message = JSON.stringify({default: 'text', APNS: '{"aps":{"alert":"hi"}}', GCM: '{"fcm":1}'})
    const {MessageId} = await publish(arn, {
      Message, MessageStructure: 'json', MessageAttributes: {'AWS.SNS.MOBILE.APNS.COLLAPSE_ID': {DataType: 'String', StringValue: 'file-1'}}
    })
    expect(MessageId).toMatch(/^[\w-]{36}$/)
    expect(service.notifications().at(-1)).toEqual({
      targetArn: arn, platform: 'APNS', userId: 'ann', message: {aps: {alert: 'hi'}}, attributes: {'AWS.SNS.MOBILE.APNS.COLLAPSE_ID': 'file-1'}
    })
    expect(observed).toEqual([
      {type: 'notification', at: expect.any(String), endpointArn: arn, platform: 'APNS', userId: 'ann', message: {aps: {alert: 'hi'}}}
    ])
  })

  it('falls back to the default text', async () => {
    await publish(await create('token-6'), {Message: '{"default":"text"}', MessageStructure: 'json'})
    expect(service.notifications().at(-1)).toMatchObject({message: 'text'})
  })

  it('is found in the ledger by a text that it has', async () => {
    await publish(await create('token-8'), {Message: 'about file-8'})
    await publish(await create('token-9'), {Message: 'about file-9'})
    expect(service.notifications('file-8').map(({message}) => message)).toEqual(['about file-8'])
    expect(service.notifications('file-10')).toEqual([])
  })

  it.each([['no json', '{', 'failed to parse'], ['no default', '{"APNS":"{}"}', 'No default entry']])('with %s is refused', async (_what, Message, words) => {
    const refused = await refusal(publish(await create('token-7'), {Message, MessageStructure: 'json'}))
    expect(refused).toEqual({name: 'InvalidParameterException', message: expect.stringContaining(words), status: 400})
  })

  it('to a disabled endpoint is refused', async () => {
    const arn = await create('token-8')
    await client.send(new SetEndpointAttributesCommand({EndpointArn: arn, Attributes: {Enabled: 'false'}}))
    expect(await refusal(publish(arn))).toEqual({name: 'EndpointDisabledException', message: 'Endpoint is disabled', status: 400})
    expect(observed).toEqual([])
  })

  it('to an endpoint that is gone is refused in SNS\'s words', async () => {
    expect(await refusal(publish(`${application.replace(':app/', ':endpoint/')}/gone`))).toEqual({
      name: 'InvalidParameterException', message: 'Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified', status: 400
    })
  })
})

describe('A topic', () => {
  it('of the wiring takes messages', async () => {
    await client.send(new PublishCommand({TopicArn: topic, Message: 'alarm'}))
    service.publishToTopic(topic, 'from a rule')
    expect(service.notifications().slice(-2)).toEqual(['alarm', 'from a rule'].map((message) => ({targetArn: topic, platform: 'topic', message, attributes: {}})))
  })

  it('that is none is refused', async () => {
    expect((await refusal(client.send(new PublishCommand({TopicArn: `${topic}-none`, Message: 'x'})))).name).toBe('NotFoundException')
  })
})
