import {afterEach, beforeAll, beforeEach, describe, expect, it, jest} from '@jest/globals'

const written: string[] = []
let emitMetrics: typeof import('../Metrics').emitMetrics

beforeAll(async () => {
  process.env.POWERTOOLS_SERVICE_NAME = 'SendPushNotification'
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  emitMetrics = (await import('../Metrics')).emitMetrics
  write.mockRestore()
})

beforeEach(() => {
  written.length = 0
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'SendPushNotification'
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
})

afterEach(() => {
  delete process.env.AWS_LAMBDA_FUNCTION_NAME
  jest.restoreAllMocks()
})

const lines = (): unknown[] => written.join('').trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
const directive = (dimensions: string[][], metrics: object[]) =>
  ({Timestamp: expect.any(Number), CloudWatchMetrics: [{Namespace: 'MediaDownloader', Dimensions: dimensions, Metrics: metrics}]})

describe('emitMetrics', () => {
  it('writes one line by service for measurements that belong together', () => {
    emitMetrics({FilesCompleted: {unit: 'Count', value: 1}, BytesCompleted: {unit: 'Bytes', value: 1024}})
    expect(lines()).toEqual([{
      _aws: directive([['service']], [{Name: 'FilesCompleted', Unit: 'Count'}, {Name: 'BytesCompleted', Unit: 'Bytes'}]),
      service: 'SendPushNotification', FilesCompleted: 1, BytesCompleted: 1024
    }])
  })

  it('counts by a further dimension', () => {
    emitMetrics({FilesFailed: {unit: 'Count', value: 1}}, {errorCode: 'NeedsCookiesError'})
    expect(lines()).toEqual([{
      _aws: directive([['service', 'errorCode']], [{Name: 'FilesFailed', Unit: 'Count'}]),
      service: 'SendPushNotification', errorCode: 'NeedsCookiesError', FilesFailed: 1
    }])
  })

  it('leaves nothing behind for the next line', () => {
    emitMetrics({FilesFailed: {unit: 'Count', value: 1}}, {errorCode: 'NeedsCookiesError'})
    emitMetrics({FilesRequested: {unit: 'Count', value: 1}})
    expect(lines()[1]).toEqual({
      _aws: directive([['service']], [{Name: 'FilesRequested', Unit: 'Count'}]), service: 'SendPushNotification', FilesRequested: 1
    })
  })

  it('writes nothing outside Lambda', () => {
    delete process.env.AWS_LAMBDA_FUNCTION_NAME
    emitMetrics({FilesRequested: {unit: 'Count', value: 1}})
    expect(written).toEqual([])
  })
})
