import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {GetParameterCommand, SSMClient} from '@aws-sdk/client-ssm'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {virtualClock, type VirtualClock} from '../../../runtime/clock/virtual-clock'
import type {Observation} from '../../../runtime/core/types'
import {clientFor, refusal} from '../../../runtime/engines/test/serve'
import {type Runtime, startRuntime} from '../../../runtime/runtime'

/** Stands for the SDK, which sends the trace id along as well. */
const aws = `
const send = async (service, target, body) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL, {method: 'POST', body: JSON.stringify(body), headers: {
    'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1', 'x-amzn-trace-id': process.env._X_AMZN_TRACE_ID,
    authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/' + service + '/aws4_request, SignedHeaders=host, Signature=none'
  }})
  if (!response.ok) throw new Error(response.headers.get('x-amzn-errortype'))
  return response.json()
}
`

/** A request becomes an event; its consumer reads a parameter and says so. */
const functions: Readonly<Record<string, string>> = {
  RequestFile: `${aws} export const handler = async ({body}) => {
    await send('events', 'AWSEvents.PutEvents', {Entries: [
      {EventBusName: process.env.EVENT_BUS_NAME, Source: 'mediadownloader.request', DetailType: 'FileRequested', Detail: body}
    ]})
    return {statusCode: 202}
  }`,
  StartFileUpload: `${aws} export const handler = async ({detail}) => {
    console.log('begins ' + detail.name)
    await send('ssm', 'AmazonSSM.GetParameter', {Name: '/MediaDownloader/FeedlyToken'})
    console.log('ends ' + detail.name + ' at ' + new Date().toISOString())
  }`
}

const start = Date.parse('2026-11-01T00:00:00Z')
let folder: string
let runtime: Runtime
let clock: VirtualClock
let observed: Observation[]

const ask = (name: string): Promise<Response> =>
  fetch(`${runtime.address}/files`, {method: 'POST', body: JSON.stringify({name}), headers: {'content-type': 'application/json'}})

/** What the function said; a sandbox that is killed may have last words. */
const lines = (): string[] => observed.flatMap((observation) => observation.type === 'log' && /^(begins|ends) /.test(observation.line) ? [observation.line] : [])

const local = async (method: string, path: string, body?: unknown): Promise<{status: number, body: unknown}> => {
  const response = await fetch(`${runtime.address}/_local${path}`, {method, ...(body !== undefined && {body: JSON.stringify(body)})})
  const text = await response.text()
  return {status: response.status, body: text === '' ? undefined : JSON.parse(text)}
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-test-'))
  for (const [name, code] of Object.entries(functions)) {
    mkdirSync(join(folder, name), {recursive: true})
    writeFileSync(join(folder, name, 'index.mjs'), code)
  }
})
beforeEach(async () => {
  observed = []
  clock = virtualClock({start, mode: 'manual'})
  runtime = await startRuntime({wiring: 'local/wiring.json', port: 0, bundles: folder, clock, observe: (observation) => observed.push(observation)})
})
afterEach(() => runtime.stop())
afterAll(() => rmSync(folder, {recursive: true, force: true}))

describe('A runtime in which something goes wrong on purpose', () => {
  it('refuses a call in the words of its service', async () => {
    runtime.faults.add([{at: 'ssm.GetParameter', effect: 'throttle'}, {at: 'ssm.GetParameter', effect: 'error', nth: 2}])
    const client = new SSMClient(clientFor(runtime.address))
    const get = (): Promise<unknown> => client.send(new GetParameterCommand({Name: '/MediaDownloader/FeedlyToken', WithDecryption: true}))
    expect([await refusal(get()), await refusal(get())]).toMatchObject([{name: 'ThrottlingException', status: 400}, {name: 'InternalFailure', status: 500}])
    expect(await get()).toMatchObject({Parameter: {Value: 'local-feedly-token'}})
    client.destroy()
  })

  it('repeats an asynchronous invocation whose call failed, a minute later', async () => {
    runtime.faults.add([{at: 'ssm.GetParameter', effect: 'reset', by: 'StartFileUpload'}])
    await ask('one')
    await clock.rest()
    expect(lines()).toEqual(['begins one', 'begins one', 'ends one at 2026-11-01T00:01:00.000Z'])
  })

  it.each(['before', 'after'] as const)('kills a function %s its call', async (effect) => {
    runtime.faults.add([{at: 'kill.StartFileUpload', effect}])
    await ask('one')
    await clock.rest()
    expect(lines()).toEqual(['begins one', 'begins one', 'ends one at 2026-11-01T00:01:00.000Z'])
    const errors = observed.flatMap((observation) => observation.type === 'invocation' && observation.error !== undefined ? [observation.error] : [])
    expect(errors).toEqual([expect.stringMatching(/^Runtime\.ExitError: RequestId: .* signal: killed$/)])
  })

  it('does what a call asks for and says nothing', async () => {
    runtime.faults.add([{at: 'events.PutEvents', effect: 'timeout'}])
    expect((await ask('one')).status).toBe(500)
    await clock.rest()
    expect(lines()).toEqual(['begins one', 'ends one at 2026-11-01T00:00:00.000Z'])
  })

  it.each([
    [{effect: 'duplicate'}, ['begins one', 'begins one', 'ends one at 2026-11-01T00:00:00.000Z', 'ends one at 2026-11-01T00:00:00.000Z']],
    [{effect: 'duplicate', seconds: 30}, ['begins one', 'begins one', 'ends one at 2026-11-01T00:00:00.000Z', 'ends one at 2026-11-01T00:00:30.000Z']],
    [{effect: 'delay', seconds: 7_200}, ['begins one', 'ends one at 2026-11-01T02:00:00.000Z']],
    [{effect: 'drop'}, []]
  ] as const)('delivers by %j', async (fault, expected) => {
    runtime.faults.add([{at: 'deliver.StartFileUpload', ...fault}])
    await ask('one')
    await clock.rest()
    expect(lines().sort()).toEqual(expected)
  })

  it('is told what, and tells it, by the local API', async () => {
    const fault = {at: 'ssm.*', effect: 'reset', about: 'Feedly'}
    expect(await local('POST', '/faults', {faults: [fault]})).toEqual({status: 200, body: {faults: [{...fault, id: 1, seen: 0, struck: 0}]}})
    await ask('one')
    await clock.rest()
    expect(await local('GET', '/faults')).toMatchObject({status: 200, body: {
      faults: [{...fault, id: 1, seen: 2, struck: 1}], places: expect.arrayContaining([{at: 'ssm.GetParameter', by: 'StartFileUpload', count: 2}])
    }})
    expect((await local('DELETE', '/faults?id=1')).status).toBe(204)
    expect(await local('DELETE', '/faults?id=1')).toEqual({status: 404, body: {error: {code: 'NotFoundException', message: 'No fault has the id \'1\'.'}}})
    expect(await local('POST', '/faults', {at: 'ssm'})).toMatchObject({status: 400, body: {error: {code: 'ValidationException'}}})
  })

  it('has its time moved by the local API', async () => {
    runtime.faults.add([{at: 'deliver.StartFileUpload', effect: 'delay', seconds: 90}])
    await ask('one')
    expect((await local('GET', '/clock')).body).toEqual({now: '2026-11-01T00:00:00.000Z', mode: 'manual', next: '2026-11-01T00:01:30.000Z'})
    expect((await local('POST', '/clock', {advance: 60})).body).toEqual({now: '2026-11-01T00:01:00.000Z', mode: 'manual', next: '2026-11-01T00:01:30.000Z'})
    expect((await local('POST', '/clock', {now: '2026-11-02T00:00:00Z'})).body).toMatchObject({now: '2026-11-02T00:00:00.000Z', mode: 'manual'})
    expect(lines()).toEqual(['begins one', 'ends one at 2026-11-01T00:01:30.000Z'])
    expect(await local('POST', '/clock', {now: '2026-11-01T00:00:00Z'})).toMatchObject({status: 400})
    expect((await local('POST', '/clock', {mode: 'auto'})).body).toMatchObject({mode: 'auto'})
  })
})
