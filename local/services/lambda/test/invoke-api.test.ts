import {InvokeCommand, LambdaClient, type InvokeCommandInput} from '@aws-sdk/client-lambda'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {clientFor, refusal, serve, type Served} from '../../../runtime/engines/test/serve'
import {until} from '../../../runtime/engines/test/until'
import {openLambda, type TestLambda, wired} from './functions'

let lambda: TestLambda
let served: Served
let client: LambdaClient
beforeAll(async () => {
  lambda = openLambda([wired('Echo')])
  lambda.build('Echo', 'export const handler = async (event) => { if (event.fail) throw new Error("failed"); return {got: event} }')
  served = await serve([lambda.service])
  client = new LambdaClient(clientFor(served.address))
})
afterAll(async () => {
  client.destroy()
  lambda.close()
  await served.close()
})

const invoke = async (payload: string, more: Partial<InvokeCommandInput> = {}) => {
  const {Payload, StatusCode, FunctionError, ExecutedVersion} = await client.send(new InvokeCommand({FunctionName: 'Echo', Payload: Buffer.from(payload), ...more}))
  return {StatusCode, FunctionError, ExecutedVersion, text: Buffer.from(Payload ?? []).toString()}
}

describe('Invoke', () => {
  it.each(['Echo', 'arn:aws:lambda:us-west-2:123456789012:function:Echo', '123456789012:function:Echo', 'Echo:$LATEST'])('answers what the function answers: %s', async (FunctionName) => {
    expect(await invoke('{"a":1}', {FunctionName})).toEqual({StatusCode: 200, FunctionError: undefined, ExecutedVersion: '$LATEST', text: '{"got":{"a":1}}'})
  })

  it('says that the function failed', async () => {
    const answer = await invoke('{"fail":true}')
    expect({...answer, text: JSON.parse(answer.text)}).toEqual({
      StatusCode: 200, FunctionError: 'Unhandled', ExecutedVersion: '$LATEST', text: {errorType: 'Error', errorMessage: 'failed', trace: expect.any(Array)}
    })
  })

  it('takes an event and runs it afterwards', async () => {
    const before = lambda.invocations().length
    expect(await invoke('{"b":2}', {InvocationType: 'Event'})).toEqual({StatusCode: 202, FunctionError: undefined, ExecutedVersion: undefined, text: ''})
    await until('the invocation', () => lambda.invocations().length > before || undefined)
  })

  it('only looks, for a dry run', async () => {
    const before = lambda.invocations().length
    expect(await invoke('{}', {InvocationType: 'DryRun'})).toMatchObject({StatusCode: 204})
    expect(lambda.invocations()).toHaveLength(before)
  })

  it.each([
    ['an unknown function', '{}', {FunctionName: 'None'}, 'ResourceNotFoundException', 404],
    ['what is no JSON', '{', {}, 'InvalidRequestContentException', 400],
    ['over 6 MB', JSON.stringify('x'.repeat(6 * 1024 * 1024)), {}, 'RequestTooLargeException', 413],
    ['an event over 1 MB', JSON.stringify('x'.repeat(1024 * 1024)), {InvocationType: 'Event' as const}, 'RequestTooLargeException', 413]
  ])('refuses %s', async (_what, payload, more, name, status) => {
    expect(await refusal(invoke(payload, more))).toEqual({name, message: expect.any(String), status})
  })
})
