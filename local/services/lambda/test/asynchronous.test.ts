import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, describe, expect, it} from '@jest/globals'
import {openStore} from '../../../runtime/core/store'
import {until} from '../../../runtime/engines/test/until'
import {manualClock, settled} from '../../events/test/manual-clock'
import {openLambda, type TestLambda, wired} from './functions'

const queueArn = 'arn:aws:sqs:us-west-2:123456789012:Job-failed'
const job = wired('Job', {asynchronous: {maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600, onFailureArn: queueArn}})
const failing = 'export const handler = async (event) => { throw new RangeError(`no ${event.what}`) }'

let open: TestLambda[] = []
afterEach(() => {
  open.forEach((lambda) => lambda.close())
  open = []
})

const start = (...args: Parameters<typeof openLambda>): TestLambda => {
  const lambda = openLambda(...args)
  open.push(lambda)
  return lambda
}

const invoked = (lambda: TestLambda, times: number): Promise<unknown> =>
  until(`${times} invocations`, () => lambda.invocations().length >= times || undefined).then(() => settled())

describe('An asynchronous invocation', () => {
  it('runs once where it succeeds', async () => {
    const clock = manualClock()
    const lambda = start([job], {clock})
    lambda.build('Job', 'export const handler = async () => "done"')
    lambda.service.invokeAsync('Job', '{}')
    await clock.advance(0)
    await invoked(lambda, 1)
    await clock.advance(86_400_000)
    expect([lambda.invocations(), lambda.sent, clock.pending()]).toEqual([[expect.objectContaining({functionName: 'Job'})], [], []])
  })

  it('is repeated after one and two minutes, then goes to its destination', async () => {
    const clock = manualClock()
    const lambda = start([job], {clock})
    lambda.build('Job', failing)
    lambda.service.invokeAsync(`${job.arn}:$LATEST`, '{"what":"way"}')
    await clock.advance(0)
    await invoked(lambda, 1)
    await clock.advance(59_999)
    expect(lambda.invocations()).toHaveLength(1)
    await clock.advance(1)
    await invoked(lambda, 2)
    await clock.advance(119_999)
    expect(lambda.invocations()).toHaveLength(2)
    await clock.advance(1)
    await invoked(lambda, 3)
    const requestIds = new Set(lambda.invocations().map(({requestId}) => requestId))
    expect(requestIds.size).toBe(1)
    expect(lambda.sent).toEqual([{queueArn, body: {
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: {requestId: [...requestIds][0], functionArn: `${job.arn}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: 3},
      requestPayload: {what: 'way'},
      responseContext: {statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled'},
      responsePayload: {errorType: 'RangeError', errorMessage: 'no way', trace: expect.any(Array)}
    }}])
    expect(clock.pending()).toEqual([])
  })

  it('is not repeated where the wiring says so', async () => {
    const clock = manualClock()
    const lambda = start([{...job, asynchronous: {...job.asynchronous, maximumRetryAttempts: 0}}], {clock})
    lambda.build('Job', failing)
    lambda.service.invokeAsync('Job', '{}')
    await clock.advance(0)
    await invoked(lambda, 1)
    expect([lambda.sent.length, clock.pending()]).toEqual([1, []])
  })

  it('that grows too old is given up', async () => {
    const clock = manualClock()
    const lambda = start([{...job, asynchronous: {...job.asynchronous, maximumEventAgeSeconds: 60}}], {clock})
    lambda.build('Job', failing)
    lambda.service.invokeAsync('Job', '{}')
    await clock.advance(0)
    await invoked(lambda, 1)
    await clock.advance(60_000)
    await invoked(lambda, 2)
    await clock.advance(120_000)
    await invoked(lambda, 3)
    expect(lambda.sent.map(({body}) => (body as {requestContext: object}).requestContext)).toEqual([
      expect.objectContaining({approximateInvokeCount: 3})
    ])
  })

  it('counts a function that cannot even start', async () => {
    const clock = manualClock()
    const lambda = start([{...job, asynchronous: {...job.asynchronous, maximumRetryAttempts: 0}}], {clock})
    lambda.service.invokeAsync('Job', '{}')
    await clock.advance(0)
    expect(lambda.sent.map(({body}) => (body as {responsePayload: object}).responsePayload))
      .toEqual([{errorType: 'ResourceNotFoundException', errorMessage: expect.stringContaining('npm run build'), trace: []}])
  })

  it('refuses a function that is not there', () => {
    expect(() => start([job]).service.invokeAsync('Other', '{}')).toThrow('Function not found: Other')
  })
})

describe('After a restart', () => {
  it('what was waiting or under way runs, and keeps its count', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lambda-restart-'))
    const path = join(folder, 'store.sqlite')
    const clock = manualClock()
    const first = start([job], {clock, folder, db: openStore(path)})
    first.build('Job', 'export const handler = async ({what}) => { if (what === "hang") await new Promise((r) => setTimeout(r, 4000)); throw new Error(what) }')
    first.service.invokeAsync('Job', '{"what":"retry"}')
    await clock.advance(0)
    await invoked(first, 1)
    first.service.invokeAsync('Job', '{"what":"hang"}')
    await clock.advance(0)
    first.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([first.invocations().length, first.sent]).toEqual([1, []])

    const second = start([job], {clock, folder, db: openStore(path)})
    second.build('Job', 'export const handler = async ({what}) => { if (what === "retry") throw new Error(what) }')
    await second.service.start?.()
    await clock.advance(60_000)
    await invoked(second, 2)
    await clock.advance(120_000)
    await invoked(second, 3)
    expect(second.sent.map(({body}) => body)).toEqual([expect.objectContaining({
      requestPayload: {what: 'retry'}, requestContext: expect.objectContaining({approximateInvokeCount: 3})
    })])
    expect(clock.pending()).toEqual([])
    second.close()
    rmSync(folder, {recursive: true, force: true})
  })
})
