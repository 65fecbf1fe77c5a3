import {afterEach, beforeAll, describe, expect, it, jest} from '@jest/globals'
import {context} from '../../../../test/helpers/context'

const lines: Array<Record<string, unknown>> = []

describe('writeLog', () => {
  let writeLog: typeof import('../Logger').writeLog
  let addLogContext: typeof import('../Logger').addLogContext
  beforeAll(async () => {
    // In development mode the library writes through the global console, which a test can watch.
    Object.assign(process.env, {POWERTOOLS_LOG_LEVEL: 'INFO', POWERTOOLS_SERVICE_NAME: 'StartFileUpload', POWERTOOLS_DEV: 'true'})
    for (const level of ['info', 'warn', 'error'] as const) {
      jest.spyOn(console, level).mockImplementation((line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>))
    }
    ({writeLog, addLogContext} = await import('../Logger'))
  })
  afterEach(() => {
    lines.length = 0
  })

  it('writes level, message, service and fields as one JSON object', () => {
    writeLog('info', 'Claimed', {fileId: 'abc', correlationId: 'c-1'})
    expect(lines).toEqual([expect.objectContaining({level: 'INFO', message: 'Claimed', service: 'StartFileUpload', fileId: 'abc', correlationId: 'c-1'})])
  })

  it('names function, version and request once they are known', () => {
    addLogContext({...context, functionVersion: '7'})
    writeLog('warn', 'Slow', {})
    expect(lines).toEqual([expect.objectContaining({level: 'WARN', function_name: 'Function', function_version: '7', function_request_id: 'request-1'})])
  })

  it('keeps name, message and cause of an error', () => {
    writeLog('error', 'Failed', {error: new TypeError('no', {cause: new Error('because')})})
    expect(lines).toEqual([expect.objectContaining({
      error: expect.objectContaining({name: 'TypeError', message: 'no', cause: expect.objectContaining({message: 'because'})})
    })])
  })

  it('keeps quiet below the level of POWERTOOLS_LOG_LEVEL', () => {
    writeLog('debug', 'Detail', {})
    expect(lines).toEqual([])
  })
})
