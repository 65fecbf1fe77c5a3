import {AsyncLocalStorage} from 'node:async_hooks'
import {createSocket, type Socket} from 'node:dgram'
import {once} from 'node:events'
import {afterAll, beforeAll, describe, expect, it, jest} from '@jest/globals'
import {context} from '../../../../../test/helpers/context'

interface Subsegment {
  readonly name: string
  readonly trace_id: string
  readonly parent_id: string
  readonly annotations: Record<string, unknown>
  readonly error?: boolean
  readonly fault?: boolean
  readonly cause?: {readonly exceptions: ReadonlyArray<{readonly message: string, readonly type: string}>}
}

const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'
const lambda = {
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: '/var/task',
  POWERTOOLS_SERVICE_NAME: 'StartFileUpload',
  _X_AMZN_TRACE_ID: trace
}

describe('withXRay outside Lambda', () => {
  it('hands event and context through, and the result back', async () => {
    const {withXRay} = await import('../XRay')
    const handler = withXRay(async (event: {fileId: string}, {functionName}) => ({...event, functionName}))
    expect(await handler({fileId: 'abc'}, context)).toEqual({fileId: 'abc', functionName: 'Function'})
  })

  it('lets the error of the handler through as it is', async () => {
    const {withXRay} = await import('../XRay')
    const error = new Error('the handler\'s own')
    await expect(withXRay(async () => Promise.reject(error))({}, context)).rejects.toBe(error)
  })

  it('rejects where the handler throws before its first await', async () => {
    const {withXRay} = await import('../XRay')
    const error = new Error('at once')
    await expect(withXRay(() => { throw error })({}, context)).rejects.toBe(error)
  })

  it('takes a handler written as in the migration guide', async () => {
    const {withXRay} = await import('../XRay')
    const handler = withXRay(async (_event, _context) => ({statusCode: 200}))
    expect(await handler({}, context)).toEqual({statusCode: 200})
  })

  it('works without a context', async () => {
    jest.spyOn(console, 'warn').mockReturnValue()
    const {withXRay} = await import('../XRay')
    expect(await withXRay(async () => 'done')({}, undefined as never)).toBe('done')
    jest.restoreAllMocks()
  })

  it('keeps what one invocation sets for itself, such as its correlation, from the next', async () => {
    const {withXRay} = await import('../XRay')
    const correlation = new AsyncLocalStorage<string>()
    const handler = withXRay(async (id: string) => {
      const before = correlation.getStore()
      correlation.enterWith(id)
      return before
    })
    expect([await handler('first', context), await handler('second', context)]).toEqual([undefined, undefined])
  })

  it('leaves a client as it is', async () => {
    const {traceClient} = await import('../XRay')
    const client = {send: () => 'sent'}
    expect(traceClient(client)).toBe(client)
  })
})

describe('withXRay in Lambda', () => {
  const before = {...process.env}
  let daemon: Socket
  beforeAll(async () => {
    daemon = createSocket('udp4').bind(0, '127.0.0.1')
    await once(daemon, 'listening')
    Object.assign(process.env, lambda, {AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`})
    jest.resetModules()
  })
  afterAll(() => {
    daemon.close()
    process.env = before
  })

  const reported = async (): Promise<Subsegment> => {
    const [message] = await once(daemon, 'message') as [Buffer]
    return JSON.parse(message.toString().split('\n')[1]!) as Subsegment
  }

  it('reports a subsegment with cold start and service in the trace of the invocation', async () => {
    const {withXRay} = await import('../XRay')
    const [subsegment, result] = await Promise.all([reported(), withXRay(async () => 'done')({}, context)])
    expect(result).toBe('done')
    expect(subsegment).toEqual(expect.objectContaining({
      name: '## Function',
      trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      parent_id: '53995c3f42cd8ad8',
      annotations: {ColdStart: true, Service: 'StartFileUpload'}
    }))
  })

  it('reports the error of the handler, and lets it through as it is', async () => {
    const {withXRay} = await import('../XRay')
    const error = Object.assign(new Error('gone'), {name: 'SourceNotFoundError'})
    const invoked = withXRay(async () => Promise.reject(error))({}, context).catch((cause: unknown) => cause)
    const [subsegment, caught] = await Promise.all([reported(), invoked])
    expect(caught).toBe(error)
    expect(subsegment).toEqual(expect.objectContaining({
      fault: true,
      annotations: {ColdStart: false, Service: 'StartFileUpload'},
      cause: expect.objectContaining({exceptions: [expect.objectContaining({message: 'gone', type: 'SourceNotFoundError'})]})
    }))
  })

  it('reports each call of a traced client', async () => {
    const {EventBridgeClient, PutEventsCommand} = await import('@aws-sdk/client-eventbridge')
    const {traceClient, withXRay} = await import('../XRay')
    const response = {statusCode: 200, headers: {}, body: Buffer.from('{"FailedEntryCount":0}')}
    const requestHandler = {handle: async () => ({response})}
    const credentials = {accessKeyId: 'a', secretAccessKey: 'b'}
    const client = traceClient(new EventBridgeClient({region: 'us-west-2', credentials, requestHandler: requestHandler as never}))
    const [subsegment, result] = await Promise.all([
      reported(), withXRay(async () => client.send(new PutEventsCommand({Entries: []})))({}, context)
    ])
    expect(result.FailedEntryCount).toBe(0)
    expect(subsegment).toEqual(expect.objectContaining({
      name: 'EventBridge', namespace: 'aws', aws: expect.objectContaining({operation: 'PutEvents', region: 'us-west-2'})
    }))
  })

  it('only calls the handler of an invocation that is not in the sample, and reports nothing', async () => {
    const {withXRay} = await import('../XRay')
    process.env._X_AMZN_TRACE_ID = trace.replace('Sampled=1', 'Sampled=0')
    let reports = 0
    daemon.on('message', () => { reports += 1 })
    expect(await withXRay(async () => 'done')({}, context)).toBe('done')
    process.env._X_AMZN_TRACE_ID = trace
    await Promise.all([reported(), withXRay(async () => 'sampled')({}, context)])
    expect(reports).toBe(1)
  })

  it('only calls the handler where the invocation has no trace', async () => {
    const complaint = jest.spyOn(console, 'error').mockReturnValue()
    const {withXRay} = await import('../XRay')
    delete process.env._X_AMZN_TRACE_ID
    expect(await withXRay(async () => 'done')({}, context)).toBe('done')
    expect(complaint).not.toHaveBeenCalled()
  })
})
