import {GetParameterCommand, GetParametersCommand, SSMClient} from '@aws-sdk/client-ssm'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {clientFor, refusal, serve, type Served} from '../../../runtime/engines/test/serve'
import {manualClock} from '../../events/test/manual-clock'
import {createSsm} from '../service'

let served: Served
let client: SSMClient
beforeAll(async () => {
  const place = {partition: 'aws', region: 'us-west-2', account: '123456789012'}
  served = await serve([createSsm({parameters: {'/App/Token': 'secret'}, place, clock: manualClock()})])
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
})
