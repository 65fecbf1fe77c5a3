import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda'
import {afterEach, describe, expect, it} from '@jest/globals'
import {clientFor, serve} from '../../../runtime/engines/test/serve'
import {until} from '../../../runtime/engines/test/until'
import {manualClock, settled} from '../../events/test/manual-clock'
import {createConcurrency, ThrottledError} from '../concurrency'
import {openLambda, type TestLambda, type TestLambdaOptions, wired} from './functions'

const queueArn = 'arn:aws:sqs:us-west-2:123456789012:Job-failed'
const job = wired('Job', {asynchronous: {maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600, onFailureArn: queueArn}})
const api = wired('Api', {reservedConcurrency: 1})
/** Runs until it is killed, or for as long as it is told. */
const holding = 'export const handler = async ({milliseconds = 4000}) => { await new Promise((r) => setTimeout(r, milliseconds)); return "done" }'

let open: TestLambda[] = []
afterEach(() => {
  open.forEach((lambda) => lambda.close())
  open = []
})

const start = (functions: Parameters<typeof openLambda>[0], options: TestLambdaOptions): TestLambda => {
  const lambda = openLambda(functions, options)
  functions.forEach(({name}) => lambda.build(name, holding))
  open.push(lambda)
  return lambda
}

const refused = async (work: Promise<unknown>): Promise<unknown> => work.then(() => 'taken', (error: unknown) => (error as ThrottledError).reason)

describe('An account\'s concurrency', () => {
  it('is shared by functions without a reservation, down to what reservations leave', () => {
    const concurrency = createConcurrency([api, wired('One'), wired('Two')], 3)
    const leave = concurrency.enter(wired('One'))
    concurrency.enter(wired('Two'))
    const full = new ThrottledError('ConcurrentInvocationLimitExceeded')
    expect(() => concurrency.enter(wired('One'))).toThrow(full)
    concurrency.enter(api)
    leave()
    expect(concurrency.enter(wired('Two'))).toEqual(expect.any(Function))
  })

  it('is no more for a function than its reservation, even where the account has room', () => {
    const concurrency = createConcurrency([api])
    const leave = concurrency.enter(api)
    expect(() => concurrency.enter(api)).toThrow(expect.objectContaining({
      code: 'TooManyRequestsException', statusCode: 429, reason: 'ReservedFunctionConcurrentInvocationLimitExceeded'
    }))
    leave()
    expect(concurrency.enter(api)).toEqual(expect.any(Function))
  })

  it('has no end where no one gives one', () => {
    const concurrency = createConcurrency([])
    expect(Array.from({length: 5_000}, () => concurrency.enter(wired('One')))).toHaveLength(5_000)
  })
})

describe('A full account', () => {
  it('refuses who waits for an answer, and keeps what is reserved', async () => {
    const lambda = start([job, api], {accountConcurrency: 2})
    const first = lambda.call('Job', {milliseconds: 1_000})
    expect(await refused(lambda.call('Job'))).toBe('ConcurrentInvocationLimitExceeded')
    expect(await lambda.call('Api', {milliseconds: 1})).toEqual({value: 'done'})
    expect(await first).toEqual({value: 'done'})
    expect(await lambda.call('Job', {milliseconds: 1})).toEqual({value: 'done'})
  })

  it('says so to SDKs: 429, why, and when to come again', async () => {
    const lambda = start([api], {})
    const served = await serve([lambda.service])
    const client = new LambdaClient({...clientFor(served.address), maxAttempts: 1})
    const first = lambda.call('Api', {milliseconds: 1_500})
    await expect(client.send(new InvokeCommand({FunctionName: 'Api'}))).rejects.toMatchObject({
      name: 'TooManyRequestsException', message: 'Rate Exceeded.', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User', retryAfterSeconds: '1',
      $metadata: {httpStatusCode: 429}
    })
    await first
    client.destroy()
    await served.close()
  })

  it('keeps events until there is room, without counting a try', async () => {
    const clock = manualClock()
    const lambda = start([job], {clock, accountConcurrency: 1})
    const first = lambda.call('Job', {milliseconds: 1_000})
    lambda.service.invokeAsync('Job', '{"milliseconds":1}')
    await clock.advance(0)
    expect(clock.pending()).toEqual([clock.now() + 750])
    await clock.advance(750)
    expect(clock.pending()).toEqual([clock.now() + 750])
    await first
    await clock.advance(750)
    await until('the event', () => lambda.invocations().length === 2 || undefined)
    await settled()
    expect([clock.pending(), lambda.sent]).toEqual([[], []])
  })

  it('asks for them again at most five minutes later, and gives them up after six hours', async () => {
    const clock = manualClock()
    const lambda = start([{...job, reservedConcurrency: 0}], {clock})
    lambda.service.invokeAsync('Job', '{"what":"waits"}')
    const began = clock.now()
    const waits: number[] = []
    await clock.advance(0)
    for (let [next] = clock.pending(); next !== undefined; [next] = clock.pending()) {
      waits.push(next - clock.now())
      await clock.advance(next - clock.now())
    }
    expect([waits[0], Math.max(...waits), clock.now() - began > 21_600_000, clock.now() - began < 22_000_000]).toEqual([750, 225_000, true, true])
    expect(lambda.sent).toEqual([{queueArn, body: expect.objectContaining({
      requestContext: expect.objectContaining({condition: 'EventAgeExceeded', approximateInvokeCount: 0}), requestPayload: {what: 'waits'},
      responsePayload: {errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.', trace: []}
    })}])
  })
})
