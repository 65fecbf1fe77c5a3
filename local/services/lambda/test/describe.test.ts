import {createHash} from 'node:crypto'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {wiredFunctions} from '../../../../shared/wiring/functions'
import {readWiring} from '../../../../shared/wiring/wiring'
import {describeFunctions} from '../describe'

const wiring = readWiring('local/wiring.json')
const functions = wiredFunctions(wiring)
const code = 'export const handler = 1'

interface Answer {
  readonly Configuration: unknown
  readonly Policy: string
  readonly Functions: ReadonlyArray<{readonly FunctionName: string}>
  readonly NextMarker?: string
  readonly EventSourceMappings: unknown
}

let bundles: string
beforeAll(() => {
  bundles = mkdtempSync(join(tmpdir(), 'describe-'))
  for (const {bundle} of functions) {
    mkdirSync(join(bundles, bundle))
    writeFileSync(join(bundles, bundle, 'index.mjs'), code)
  }
})
afterAll(() => rmSync(bundles, {recursive: true}))

const ask = (path: string) => describeFunctions({wiring, functions, bundles}, new URL(path, 'http://127.0.0.1')) as unknown as Answer

describe('Of a function', () => {
  it('its configuration is that of the wiring, and its code that of the bundle', () => {
    expect(ask('/2015-03-31/functions/CancelFile/configuration')).toMatchObject({
      FunctionName: 'CancelFile', Timeout: 15, MemorySize: 512, State: 'Active', Architectures: ['arm64'], TracingConfig: {Mode: 'Active'},
      Environment: {Variables: {TABLE_NAME: 'MediaDownloader'}}, CodeSize: code.length, CodeSha256: createHash('sha256').update(code).digest('base64')
    })
  })

  it('all is in GetFunction', () => {
    expect(ask('/2015-03-31/functions/CancelFile').Configuration).toEqual(ask('/2015-03-31/functions/CancelFile/configuration'))
  })

  it('the policy has a statement for each permission, with the resource that may invoke it', () => {
    const {Statement} = JSON.parse(ask('/2015-03-31/functions/SendPushNotification/policy').Policy)
    expect(Statement).toContainEqual(expect.objectContaining({
      Effect: 'Allow', Principal: {Service: 'events.amazonaws.com'}, Action: 'lambda:InvokeFunction',
      Condition: {ArnLike: {'AWS:SourceArn': 'arn:aws:events:us-west-2:123456789012:rule/MediaDownloaderEvents/FileDownloadCompleted'}}
    }))
  })

  it('without a permission there is no policy', () => {
    expect(() => ask('/2015-03-31/functions/TransferRange/policy')).toThrow(expect.objectContaining({code: 'ResourceNotFoundException', statusCode: 404}))
  })

  it('which does not exist, nothing is said', () => {
    expect(() => ask('/2015-03-31/functions/Nope/configuration')).toThrow(expect.objectContaining({code: 'ResourceNotFoundException'}))
  })
})

describe('Of all functions', () => {
  it('pages follow each other without a gap', () => {
    const first = ask('/2015-03-31/functions/?MaxItems=3')
    const rest = ask(`/2015-03-31/functions/?Marker=${first.NextMarker}`)
    expect([...first.Functions, ...rest.Functions].map(({FunctionName}) => FunctionName)).toEqual(functions.map(({name}) => name))
    expect(rest.NextMarker).toBeUndefined()
  })

  it('event source mappings are found by function', () => {
    expect(ask('/2015-03-31/event-source-mappings/?FunctionName=SendPushNotification').EventSourceMappings).toMatchObject([{BatchSize: 2, State: 'Enabled'}])
    expect(ask('/2015-03-31/event-source-mappings/?FunctionName=ListFiles').EventSourceMappings).toEqual([])
  })
})

describe('What is not spoken', () => {
  it.each(['/2015-03-31/functions/CancelFile/aliases', '/2015-03-31/layers', '/elsewhere'])('is left to be refused: %s', (path) => {
    expect(ask(path)).toBeUndefined()
  })
})
