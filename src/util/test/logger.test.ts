import {beforeEach, describe, expect, it, jest} from '@jest/globals'

const writeLog = jest.fn()
jest.unstable_mockModule('../../lib/vendor/Logger', () => ({writeLog}))
const {logger} = await import('../logger')
const {withCorrelation} = await import('../correlation')

beforeEach(() => {
  writeLog.mockReset()
})

describe('logger', () => {
  it.each(['debug', 'info', 'warn', 'error'] as const)('writes %s with correlation id, file and fields', (level) => {
    withCorrelation({correlationId: 'c-1', fileId: 'abc'}, () => logger[level]('Claimed', {attempt: 2}))
    expect(writeLog.mock.calls).toEqual([[level, 'Claimed', {correlationId: 'c-1', fileId: 'abc', attempt: 2}]])
  })

  it('lets a field say which file is meant', () => {
    withCorrelation({correlationId: 'c-1', fileId: 'abc'}, () => logger.info('Claimed', {fileId: 'def'}))
    expect(writeLog.mock.calls).toEqual([['info', 'Claimed', {correlationId: 'c-1', fileId: 'def'}]])
  })

  it('writes without a correlation as well', () => {
    logger.warn('Started')
    expect(writeLog.mock.calls).toEqual([['warn', 'Started', {}]])
  })
})
