import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {wiredFunctions} from '../functions'
import {wiredNotifications} from '../notifications'
import {mayInvoke, wiredPermissions} from '../permissions'
import {findPlace} from '../place'
import {wiredRoutes} from '../routes'
import {readWiring, parseWiring} from '../wiring'

const committed = readWiring('local/wiring.json')

describe('A wiring', () => {
  it('has the resources of all modules, without data sources', () => {
    const resource = (address: string, mode = 'managed') => ({address, mode, type: 'aws_x', name: address, values: {}})
    const wiring = parseWiring({values: {root_module: {
      resources: [resource('a'), resource('data.b', 'data')],
      child_modules: [{resources: [resource('module.m.c')], child_modules: [{resources: [resource('module.m.module.n.d')]}]}, {}]
    }}})
    expect(wiring.ofType('aws_x').map(({address}) => address)).toEqual(['a', 'module.m.c', 'module.m.module.n.d'])
  })

  it.each([['not JSON', '{', /JSON/], ['no state', '{"resources":[]}', /terraform show -json/]])('that is %s is refused by its file\'s name', (_what, text, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'wiring-'))
    const path = join(folder, 'wiring.json')
    writeFileSync(path, text)
    expect(() => readWiring(path)).toThrow(words)
    expect(() => readWiring(path)).toThrow(path)
    rmSync(folder, {recursive: true})
    expect(() => readWiring(path)).toThrow(path)
  })
})

describe('The committed wiring', () => {
  it('says where it is deployed', () => {
    expect(findPlace(committed)).toMatchObject({partition: 'aws', region: 'us-west-2', account: '123456789012'})
  })

  it('has a bundle, an ARN and limits for each function', () => {
    expect(wiredFunctions(committed).find(({name}) => name === 'TransferFile')).toEqual({
      name: 'TransferFile', arn: 'arn:aws:lambda:us-west-2:123456789012:function:TransferFile', bundle: 'TransferFile', handler: 'index.handler', runtime: 'nodejs22.x',
      timeoutSeconds: 900, memoryMegabytes: expect.any(Number), environment: expect.objectContaining({TABLE_NAME: 'MediaDownloader'}),
      asynchronous: {maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600}
    })
  })

  it('reserves nothing for a function unless the stack says so', () => {
    const reservedOf = (reserved_concurrent_executions: number) => parseWiring({values: {root_module: {resources: [
      {address: 'aws_lambda_function.Api', type: 'aws_lambda_function', name: 'Api', values: {function_name: 'Api', reserved_concurrent_executions}}
    ]}}})
    expect(wiredFunctions(committed).filter(({reservedConcurrency}) => reservedConcurrency !== undefined)).toEqual([])
    expect([-1, 0, 20].map((reserved) => wiredFunctions(reservedOf(reserved))[0]!.reservedConcurrency)).toEqual([undefined, 0, 20])
  })

  it('has a destination for what fails asynchronously', () => {
    expect(wiredFunctions(committed).find(({name}) => name === 'StartFileUpload')!.asynchronous).toEqual({
      maximumRetryAttempts: 2, maximumEventAgeSeconds: expect.any(Number), onFailureArn: 'arn:aws:sqs:us-west-2:123456789012:StartFileUpload-failed'
    })
  })

  it('has a function for each route', () => {
    const functions = wiredFunctions(committed).map(({arn}) => arn)
    const routes = wiredRoutes(committed)
    expect(routes.map(({routeKey}) => routeKey)).toContain('POST /files')
    expect(routes.filter(({functionArn}) => !functions.includes(functionArn))).toEqual([])
    expect(routes.filter(({authorized}) => !authorized).map(({routeKey}) => routeKey)).toEqual(['POST /feedly'])
  })

  it('tells S3ObjectCreated of media, and lets S3 do so', () => {
    const [notification] = wiredNotifications(committed)
    expect(notification).toMatchObject({events: ['s3:ObjectCreated:*'], prefix: 'media/', functionArn: expect.stringMatching(/:S3ObjectCreated$/)})
    expect(mayInvoke(wiredPermissions(committed), notification!.functionArn, 's3.amazonaws.com', `arn:aws:s3:::${notification!.bucket}`)).toBe(true)
  })
})

describe('The bundle of a function', () => {
  const bundleOf = (address: string, values: object): string =>
    wiredFunctions(parseWiring({values: {root_module: {resources: [{address, type: 'aws_lambda_function', name: 'this', values}]}}}))[0]!.bundle

  it('keeps no suffix of the deployment', () => {
    expect(bundleOf('module.ListFiles.aws_lambda_function.this', {function_name: 'ListFiles-Dev'})).toBe('ListFiles')
    expect(bundleOf('module.Other.aws_lambda_function.this', {function_name: 'ListFiles-Dev', filename: './../dist/lambdas/ListFiles.zip'})).toBe('ListFiles')
    expect(bundleOf('aws_lambda_function.ListFiles', {function_name: 'ListFiles'})).toBe('ListFiles')
  })
})

describe('A permission', () => {
  const permissions = [{functionName: 'F', principal: 'events.amazonaws.com', sourceArn: 'arn:aws:events:r:a:rule/bus/*'}, {functionName: 'G', principal: 's3.amazonaws.com', sourceArn: ''}]

  it.each([
    ['F', 'events.amazonaws.com', 'arn:aws:events:r:a:rule/bus/Rule', true],
    ['arn:aws:lambda:r:a:function:F', 'events.amazonaws.com', undefined, true],
    ['F', 'events.amazonaws.com', 'arn:aws:events:r:a:rule/other/Rule', false],
    ['F', 's3.amazonaws.com', undefined, false],
    ['G', 's3.amazonaws.com', 'arn:aws:s3:::any', true],
    ['H', 's3.amazonaws.com', 'arn:aws:s3:::any', false]
  ])('for %s and %s from %s: %s', (name, principal, sourceArn, allowed) => {
    expect(mayInvoke(permissions, name, principal, sourceArn)).toBe(allowed)
  })
})
