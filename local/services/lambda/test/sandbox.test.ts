import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {until} from '../../../runtime/engines/test/until'
import {openLambda, type TestLambda, wired} from './functions'

const behaviour = `
import {spawn} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
let calls = 0
const acts = {
  env: () => process.env,
  context: (_event, context) => ({...context, remaining: context.getRemainingTimeInMillis()}),
  count: () => ({calls: ++calls, pid: process.pid}),
  nothing: () => undefined,
  log: () => { console.log('one\\ntwo'); console.error('three') },
  fail: () => { const error = new TypeError('It is broken'); error.code = 'E'; throw error },
  reject: () => Promise.reject('a string'),
  big: () => 'x'.repeat(7 * 1024 * 1024),
  sleep: ({ms}) => new Promise((resolve) => setTimeout(resolve, ms, 'slept')),
  exit: () => process.exit(3),
  uncaught: () => new Promise(() => setTimeout(() => { throw new RangeError('outside') }, 5)),
  grow: async () => { const kept = []; for (;;) { kept.push(Buffer.alloc(8e6, 1)); await new Promise((resolve) => setTimeout(resolve, 5)) } },
  helper: ({file}) => new Promise(() => { spawn('sh', ['-c', 'sleep 1.5; touch ' + file]) }),
  file: () => { writeFileSync(tmpdir() + '/kept', 'x'); return tmpdir() }
}
export const handler = async (event, context) => acts[event.act](event, context)
`

let lambda: TestLambda
beforeAll(() => {
  lambda = openLambda([
    wired('Act', {environment: {COLOUR: 'blue', SHAPE: 'round'}, memoryMegabytes: 300, runtime: 'nodejs24.x'}), wired('Quick', {timeoutSeconds: 1}), wired('Broken'),
    wired('NoHandler'), wired('NoBundle'), wired('Alone')
  ])
  lambda.build('Act', behaviour)
  lambda.build('Quick', behaviour)
  lambda.build('Broken', 'throw new SyntaxError("cannot start")')
  lambda.build('NoHandler', 'export const other = 1')
})
afterAll(() => lambda.close())

const act = (name: string, more: object = {}) => lambda.call('Act', {act: name, ...more})

describe('A function', () => {
  it('sees Lambda\'s environment, the wiring\'s and nothing of this process', async () => {
    process.env['SECRET_OF_THE_RUNTIME'] = 'x'
    const {value} = await act('env')
    expect(value).toEqual(expect.objectContaining({
      AWS_LAMBDA_FUNCTION_NAME: 'Act', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '300', AWS_LAMBDA_FUNCTION_VERSION: '$LATEST', AWS_REGION: 'us-west-2',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4510', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: join(lambda.folder, 'bundles', 'Act'), COLOUR: 'red', SHAPE: 'round', AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/)
    }))
    expect(value).not.toHaveProperty('SECRET_OF_THE_RUNTIME')
    expect(value).not.toHaveProperty('UNKNOWN')
    expect(value).not.toHaveProperty('NODE_CHANNEL_FD')
  })

  it('gets Lambda\'s context', async () => {
    const {value} = await act('context')
    expect(value).toEqual({
      callbackWaitsForEmptyEventLoop: true, functionName: 'Act', functionVersion: '$LATEST', memoryLimitInMB: '300', logGroupName: '/aws/lambda/Act',
      logStreamName: expect.any(String), invokedFunctionArn: 'arn:aws:lambda:us-west-2:123456789012:function:Act',
      awsRequestId: lambda.invocations().at(-1)!.requestId, remaining: expect.any(Number)
    })
    expect((value as {remaining: number}).remaining).toBeGreaterThan(4000)
    expect((value as {remaining: number}).remaining).toBeLessThanOrEqual(5000)
  })

  it('stays warm between invocations', async () => {
    const [one, two] = [await act('count'), await act('count')] as Array<{value: {calls: number, pid: number}}>
    expect(two!.value).toEqual({calls: one!.value.calls + 1, pid: one!.value.pid})
  })

  it('answers null for nothing', async () => {
    expect(await act('nothing')).toEqual({value: null})
  })

  it('has its lines kept and told', async () => {
    await act('log')
    const lines = await until('three lines', () => {
      const told = lambda.observed.filter((observation) => observation.type === 'log').map(({line}) => line)
      return told.length >= 3 ? told : undefined
    })
    expect([...lines].sort()).toEqual(['one', 'three', 'two'])
    const log = join(lambda.folder, 'logs', 'Act.log')
    expect(await until('the log file', () => (existsSync(log) && /REPORT RequestId/.test(readFileSync(log, 'utf8'))) || undefined)).toBe(true)
  })

  it('is told of with its duration and memory', async () => {
    await act('sleep', {ms: 50})
    const {milliseconds, maxMemoryBytes, ...rest} = lambda.invocations().at(-1)!
    expect(rest).toEqual({type: 'invocation', at: expect.any(String), functionName: 'Act', requestId: expect.any(String)})
    expect(milliseconds).toBeGreaterThanOrEqual(49)
    expect(maxMemoryBytes).toBeGreaterThan(20 * 1024 * 1024)
  })

  it('runs in as many sandboxes as it has invocations at a time', async () => {
    const ended: string[] = []
    const end = (name: string) => (): void => void ended.push(name)
    await Promise.all([act('sleep', {ms: 2_000}).then(end('long')), act('sleep', {ms: 2_000}).then(end('long')), act('count').then(end('short'))])
    expect(ended).toEqual(['short', 'long', 'long'])
  }, 15_000)

  it('keeps its files apart, and loses them with its sandbox', async () => {
    const {value} = await act('file')
    expect(existsSync(join(String(value), 'kept'))).toBe(true)
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => act('exit')))
    await until('the folder to be gone', () => !existsSync(String(value)) || undefined)
  })
})

describe('A function that fails', () => {
  it('answers Lambda\'s payload, its keys in Lambda\'s order', async () => {
    const {payload, functionError} = await lambda.service.invoke('Act', '{"act":"fail"}')
    expect(functionError).toBe('Unhandled')
    expect(payload).toMatch(/^\{"errorType":"TypeError","errorMessage":"It is broken","trace":\["TypeError: It is broken","    at /)
  })

  it('may reject with anything', async () => {
    expect(await act('reject')).toEqual({functionError: 'Unhandled', value: {errorType: 'string', errorMessage: 'a string', trace: []}})
  })

  it('outside its promise loses its sandbox', async () => {
    expect(await act('uncaught')).toEqual({
      functionError: 'Unhandled', value: {errorType: 'RangeError', errorMessage: 'outside', trace: expect.arrayContaining(['RangeError: outside'])}
    })
    expect((await act('nothing')).value).toBeNull()
  })

  it('by ending its process is an ExitError', async () => {
    expect(await act('exit')).toEqual({functionError: 'Unhandled', value: {
      errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/^RequestId: [\w-]{36} Error: Runtime exited with error: exit status 3$/)
    }})
  })

  it('is stopped at its timeout, with the programs that it started', async () => {
    const file = join(lambda.folder, 'made-by-helper')
    expect(await lambda.call('Quick', {act: 'helper', file})).toEqual({functionError: 'Unhandled', value: {
      errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: [\w-]{36} Error: Task timed out after 1.00 seconds$/)
    }})
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(existsSync(file)).toBe(false)
    expect((await lambda.call('Quick', {act: 'count'})).value).toMatchObject({calls: 1})
  })

  it('is stopped beyond its memory', async () => {
    expect(await act('grow')).toEqual({functionError: 'Unhandled', value: {
      errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/)
    }})
    expect(lambda.invocations().at(-1)!.maxMemoryBytes).toBeGreaterThan(300 * 1024 * 1024)
  })

  it('by answering too much says so', async () => {
    expect((await act('big')).value).toMatchObject({errorType: 'Function.ResponseSizeTooLarge'})
  })

  it.each([
    ['Broken', {errorType: 'SyntaxError', errorMessage: 'cannot start'}],
    ['NoHandler', {errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported'}]
  ])('at its start says why: %s', async (name, error) => {
    expect(await lambda.call(name)).toEqual({functionError: 'Unhandled', value: {...error, trace: expect.any(Array)}})
  })

  it('for want of a bundle says what makes it', async () => {
    await expect(lambda.call('NoBundle')).rejects.toMatchObject({code: 'ResourceNotFoundException', message: expect.stringContaining('npm run build')})
  })
})

describe('A new build', () => {
  it('is what the next invocation runs', async () => {
    lambda.build('Alone', 'export const handler = async () => "old"')
    expect((await lambda.call('Alone')).value).toBe('old')
    lambda.build('Alone', 'export const handler = async () => "new one"')
    expect((await lambda.call('Alone')).value).toBe('new one')
  })
})

describe('Beyond the limit of sandboxes', () => {
  it('an invocation waits its turn', async () => {
    const narrow = openLambda([wired('Narrow')], {maximumSandboxes: 1})
    narrow.build('Narrow', behaviour)
    const answers = await Promise.all([1, 2, 3].map(() => narrow.call('Narrow', {act: 'count'})))
    expect(answers.map(({value}) => (value as {calls: number}).calls)).toEqual([1, 2, 3])
    narrow.close()
  })
})
