import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {GetParameterCommand, SSMClient} from '@aws-sdk/client-ssm'
import {afterAll, afterEach, beforeAll, describe, expect, it} from '@jest/globals'
import type {Observation} from '../../core/types'
import {type Runtime, type RuntimeOptions, startRuntime} from '../../runtime'
import {clientFor} from './serve'
import {until} from './until'

const bucket = 'mediadownloader-123456789012-us-west-2'

/** Stands for the SDK in the functions of this test. */
const aws = `
const send = async (service, path, init) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL + path, {...init, headers: {
    ...init.headers, authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/' + service + '/aws4_request, SignedHeaders=host, Signature=none'
  }})
  if (!response.ok) throw new Error(service + ' answered ' + response.status + ': ' + await response.text())
  return response
}
`

/** A small system on the real wiring: a request becomes an event, the event an object, the object a log line. */
const functions: Readonly<Record<string, string>> = {
  RequestFile: `${aws} export const handler = async ({body, requestContext}) => {
    const Detail = JSON.stringify({text: JSON.parse(body).text, userId: requestContext.authorizer.jwt.claims.sub})
    await send('events', '/', {method: 'POST', headers: {'x-amz-target': 'AWSEvents.PutEvents', 'content-type': 'application/x-amz-json-1.1'},
      body: JSON.stringify({Entries: [{EventBusName: process.env.EVENT_BUS_NAME, Source: 'mediadownloader.request', DetailType: 'FileRequested', Detail}]})})
    return {statusCode: 202, body: process.env.ALLOW_PRIVATE_SOURCES}
  }`,
  StartFileUpload: `${aws} let failed = false
    export const handler = async ({detail}) => {
      if (detail.text === 'fails first' && !failed) { failed = true; throw new Error('not yet') }
      if (detail.text === 'hangs' && process.env.MAX_FILE_BYTES === '1') await new Promise((resolve) => setTimeout(resolve, 20_000))
      await send('s3', '/${bucket}/media/' + detail.userId, {method: 'PUT', body: detail.text})
    }`,
  S3ObjectCreated: 'export const handler = async ({Records}) => { console.log("created " + Records[0].s3.object.key) }'
}

let folder: string
let running: Runtime[] = []
let observed: Observation[] = []

const start = async (options: Partial<RuntimeOptions> = {}): Promise<Runtime> => {
  observed = []
  const runtime = await startRuntime({
    wiring: 'local/wiring.json', port: 0, bundles: join(folder, 'bundles'), fastRetries: true, observe: (observation) => observed.push(observation), ...options
  })
  running.push(runtime)
  return runtime
}

const stop = async (runtime: Runtime): Promise<void> => {
  running = running.filter((other) => other !== runtime)
  await runtime.stop()
}

const ask = (runtime: Runtime, user: string, text: string): Promise<Response> => fetch(`${runtime.address}/files`, {
  method: 'POST', headers: {authorization: `Bearer ${user}`, 'content-type': 'application/json'}, body: JSON.stringify({text})
})

const created = (user: string): Promise<string> => until(`the object of ${user}`, () =>
  observed.find((observation) => observation.type === 'log' && observation.line === `created media/${user}`)?.type)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-test-'))
  for (const [name, code] of Object.entries(functions)) {
    mkdirSync(join(folder, 'bundles', name), {recursive: true})
    writeFileSync(join(folder, 'bundles', name, 'index.mjs'), code)
  }
})
afterEach(() => Promise.all(running.map(stop)))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

describe('The runtime', () => {
  it('ties the engines together as the wiring says', async () => {
    const runtime = await start({allowPrivateSources: true})
    const response = await ask(runtime, 'ann', 'hello')
    expect([response.status, await response.text()]).toEqual([202, 'true'])
    await created('ann')
    expect(readFileSync(runtime.objectPath(bucket, 'media/ann'), 'utf8')).toBe('hello')
    expect(observed.filter(({type}) => ['event', 'delivery', 'object'].includes(type)).map(({type}) => type)).toEqual(['event', 'delivery', 'object'])
    const invoked = await until('three invocations', () => {
      const names = observed.flatMap((observation) => observation.type === 'invocation' ? [observation.functionName] : [])
      return names.length >= 3 ? names : undefined
    })
    expect(invoked).toEqual(['RequestFile', 'StartFileUpload', 'S3ObjectCreated'])
  })

  it('has private sources off by itself', async () => {
    expect(await (await ask(await start(), 'ann', 'hello')).text()).toBe('false')
  })

  it('tries again what fails', async () => {
    const runtime = await start()
    await ask(runtime, 'bob', 'fails first')
    await created('bob')
    const errors = observed.flatMap((observation) =>
      observation.type === 'invocation' && observation.functionName === 'StartFileUpload' ? [observation.error] : [])
    expect(errors).toEqual(['Error: not yet', undefined])
  })

  it('continues with what a stopped one left, and keeps its objects', async () => {
    const data = join(folder, 'data')
    const first = await start({data, maxFileBytes: 1})
    await ask(first, 'carl', 'hangs')
    await ask(first, 'dora', 'stays')
    await created('dora')
    await stop(first)
    expect(observed.some((observation) => observation.type === 'invocation' && observation.error !== undefined)).toBe(false)

    const second = await start({data})
    await created('carl')
    expect(['media/carl', 'media/dora'].map((key) => readFileSync(second.objectPath(bucket, key), 'utf8'))).toEqual(['hangs', 'stays'])
  })

  it('is the only one on its data', async () => {
    const data = join(folder, 'shared')
    await start({data})
    await expect(start({data})).rejects.toThrow('Another runtime (process ')
  })

  it('is the only one on its port, and leaves nothing behind where it is not', async () => {
    const {address} = await start()
    const data = join(folder, 'second')
    await expect(start({data, port: Number(new URL(address).port)})).rejects.toMatchObject({code: 'EADDRINUSE'})
    await start({data})
  })

  it('gives functions the secrets that the wiring only names', async () => {
    const runtime = await start({parameters: {'/Other': 'mine'}})
    const client = new SSMClient(clientFor(runtime.address))
    const value = async (Name: string) => (await client.send(new GetParameterCommand({Name, WithDecryption: true}))).Parameter?.Value
    expect([await value('/MediaDownloader/FeedlyToken'), await value('/Other')]).toEqual(['local-feedly-token', 'mine'])
    client.destroy()
  })

  it('says which object it lacks', async () => {
    const runtime = await start()
    expect(() => runtime.objectPath(bucket, 'media/none')).toThrow(`Expected an object media/none in the bucket ${bucket}; there is none.`)
    expect(runtime.notifications()).toEqual([])
  })
})
