/**
 * What Lambda's own runtime does in a sandbox: asks the Runtime API for the next invocation, runs the handler, posts
 * what came of it. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * Plain JavaScript: it is started by Node itself.
 */
import {once} from 'node:events'
import http from 'node:http'
import module from 'node:module'
import {pathToFileURL} from 'node:url'
import path from 'node:path'

const [, , compiled, virtualTime] = process.argv

/** The runtime says what time it is only if its clock is virtual. */
const {setTime} = virtualTime === undefined ? {setTime: () => undefined} : await import(new URL('virtual-time.mjs', import.meta.url))

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
const agent = new http.Agent({keepAlive: true, maxSockets: 1})

const call = (method, route, body, headers = {}) => new Promise((resolve, reject) => {
  const request = http.request({agent, host, port, method, path: `/2018-06-01/runtime/${route}`, headers}, (response) => {
    const chunks = []
    response.on('data', (chunk) => chunks.push(chunk))
    response.on('end', () => resolve({headers: response.headers, body: Buffer.concat(chunks).toString('utf8')}))
    response.on('error', reject)
  })
  request.on('error', reject)
  request.end(body)
})

const describe = (error) => JSON.stringify(error instanceof Error
  ? {errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n')}
  : {errorType: typeof error, errorMessage: String(error), trace: []})

const fail = (route, error) => {
  const body = describe(error)
  return call('POST', route, body, {'content-type': 'application/vnd.aws.lambda.error+json', 'lambda-runtime-function-error-type': JSON.parse(body).errorType})
}

/** What V8 has compiled is kept, for the next sandbox of this build. A folder that cannot be written keeps nothing; Node before 22.1 neither. */
module.enableCompileCache?.(compiled)

/** Of the first invocation as well: most of what it calls is compiled only then. */
const keepCompiled = () => setTimeout(() => module.flushCompileCache?.(), 1_000).unref()

const load = async () => {
  const [file, exported] = process.env._HANDLER.split(/\.(?=[^.]*$)/)
  const module = await import(pathToFileURL(path.join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href)
  if (typeof module[exported] !== 'function') {
    throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not exported`), {name: 'Runtime.HandlerNotFound'})
  }
  return module[exported]
}

/** Of the present invocation. */
let times = {}

/** Tells the runtime where Node's inspector listens; then the runtime says whether a debugger is to come first, and how long there is. */
const meetDebugger = async () => {
  const inspector = await import('node:inspector')
  process.send({inspector: inspector.url()})
  const [{wait}] = await once(process, 'message')
  if (wait) {
    inspector.waitForDebugger()
  }
  process.on('message', ({deadline}) => { times.deadline = deadline })
}

const contextOf = (headers) => {
  const own = times = {deadline: Number(headers['lambda-runtime-deadline-ms'])}
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => own.deadline - Date.now()
  }
}

let current

const serve = async (handler) => {
  const {headers, body} = await call('GET', 'invocation/next')
  current = headers['lambda-runtime-aws-request-id']
  setTime(Number(headers['local-runtime-time-ms']))
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id']
  let answer
  try {
    const result = await handler(JSON.parse(body), contextOf(headers))
    const json = JSON.stringify(result) ?? 'null'
    answer = () => call('POST', `invocation/${current}/response`, json, {'content-type': 'application/json'})
  } catch (error) {
    answer = () => fail(`invocation/${current}/error`, error)
  }
  await answer()
  current = undefined
}

// An error outside the handler's promise fails the invocation and ends the sandbox, as it does on Lambda.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error?.stack ?? error}\n`)
  const told = current === undefined ? Promise.resolve() : fail(`invocation/${current}/error`, error)
  told.finally(() => process.exit(129))
})

// The runtime died: nothing of this sandbox, helper programs included, may outlive it.
process.on('disconnect', () => {
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL')
})

if (process.execArgv.some((option) => option.startsWith('--inspect='))) {
  await meetDebugger()
}

const handler = await load().catch(async (error) => {
  await fail('init/error', error)
  process.exit(1)
})

await serve(handler)
keepCompiled()
for (;;) {
  await serve(handler)
}
