import {
  DeleteParameterCommand, GetParameterCommand, GetParametersByPathCommand, GetParametersCommand, PutParameterCommand,
  type PutParameterCommandInput, SSMClient
} from '@aws-sdk/client-ssm'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {openStore} from '../../../runtime/core/store'
import {clientFor, refusal, serve, type Served} from '../../../runtime/engines/test/serve'
import {manualClock} from '../../events/test/manual-clock'
import {createSsm} from '../service'

let served: Served
let client: SSMClient
beforeAll(async () => {
  const place = {partition: 'aws', region: 'us-west-2', account: '123456789012'}
  served = await serve([createSsm({db: openStore(':memory:'), parameters: {'/App/Token': 'secret'}, place, clock: manualClock()})])
  client = new SSMClient(clientFor(served.address))
})
afterAll(async () => {
  client.destroy()
  await served.close()
})

describe('A parameter', () => {
  it('comes in clear with decryption alone', async () => {
    const {Parameter} = await client.send(new GetParameterCommand({Name: '/App/Token', WithDecryption: true}))
    expect(Parameter).toEqual({
      Name: '/App/Token', Type: 'SecureString', Value: 'secret', Version: 1, DataType: 'text', LastModifiedDate: new Date('2026-11-24T12:00:00Z'),
      ARN: 'arn:aws:ssm:us-west-2:123456789012:parameter/App/Token'
    })
    expect((await client.send(new GetParameterCommand({Name: '/App/Token'}))).Parameter!.Value).not.toContain('secret')
  })

  it('that is none is refused by name', async () => {
    expect(await refusal(client.send(new GetParameterCommand({Name: '__proto__'})))).toEqual({
      name: 'ParameterNotFound', message: 'Parameter __proto__ not found.', status: 400
    })
  })

  it('comes with others, those that are none apart', async () => {
    const {Parameters, InvalidParameters} = await client.send(new GetParametersCommand({Names: ['/App/Token', '/None'], WithDecryption: true}))
    expect([Parameters!.map(({Value}) => Value), InvalidParameters]).toEqual([['secret'], ['/None']])
  })

  it('that is put is read, replaced only on purpose, and deleted', async () => {
    const put = (more: Partial<PutParameterCommandInput> = {}) => client.send(new PutParameterCommand({Name: '/Put/One', Value: 'first', Type: 'String', ...more}))
    expect(await put()).toMatchObject({Version: 1, Tier: 'Standard'})
    expect(await refusal(put())).toMatchObject({name: 'ParameterAlreadyExists'})
    expect(await put({Value: 'second', Overwrite: true})).toMatchObject({Version: 2})
    expect((await client.send(new GetParameterCommand({Name: '/Put/One'}))).Parameter).toMatchObject({Value: 'second', Type: 'String', Version: 2})
    await put({Name: '/Put/Deep/Two'})
    const below = async (Recursive: boolean) => (await client.send(new GetParametersByPathCommand({Path: '/Put', Recursive}))).Parameters!.map(({Name}) => Name)
    expect([await below(false), await below(true)]).toEqual([['/Put/One'], ['/Put/Deep/Two', '/Put/One']])
    await client.send(new DeleteParameterCommand({Name: '/Put/One'}))
    expect(await refusal(client.send(new DeleteParameterCommand({Name: '/Put/One'})))).toMatchObject({name: 'ParameterNotFound'})
  })

  it.each([
    ['a reserved name', {Name: '/aws/mine'}, 'ValidationException'],
    ['a name with a blank', {Name: 'a b'}, 'ValidationException'],
    ['no type', {Type: undefined}, 'ValidationException'],
    ['too long a value', {Value: 'x'.repeat(8193)}, 'ValidationException']
  ])('is refused with %s', async (_, more, name) => {
    expect(await refusal(client.send(new PutParameterCommand({Name: '/Put/Refused', Value: 'v', Type: 'String', ...more})))).toMatchObject({name})
  })
})
