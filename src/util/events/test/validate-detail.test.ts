import {describe, expect, test} from '@jest/globals'
import {NamedError} from '../../errors'
import {validateDetail} from '../validate-detail'

describe('a named error', () => {
  test('has a message that FileDownloadFailed takes, however talkative its source', () => {
    const {message} = new NamedError('MediaUnavailableError', 'x'.repeat(100_000))
    const detail = {fileId: 'a', correlationId: 'c', errorCode: 'MediaUnavailableError', errorMessage: message, retryable: false, failedAt: '2025-11-23T10:00:00.000Z'}
    expect(validateDetail('FileDownloadFailed', detail, 'It')).toEqual(detail)
  })
})
