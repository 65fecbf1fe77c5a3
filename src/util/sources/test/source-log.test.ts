import {beforeEach, describe, expect, it, jest} from '@jest/globals'

const writeLog = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Logger', () => ({writeLog}))
const {logAnswer} = await import('../source-log')

const logged = () => (writeLog.mock.calls[0]![2] as {answer: {head: string}}).answer

beforeEach(() => { writeLog.mockClear() })

describe('logAnswer', () => {
  it('says status, the headers that matter and where redirects led, and nothing that may be secret', () => {
    const headers = {'content-type': 'video/mp4', 'content-length': '12', 'set-cookie': ['session=abc'], authorization: 'Bearer abc', 'x-token': 'abc'}
    logAnswer({statusCode: 200, headers, finalUrl: new URL('https://ann:abc@cdn.example/a.mp4?token=abc')}, Buffer.from('\0\0\0\x18ftypmp42'))
    expect(logged()).toEqual({
      finalUrl: 'https://cdn.example/a.mp4', statusCode: 200, headers: {'content-type': 'video/mp4', 'content-length': '12'},
      head: Buffer.from('\0\0\0\x18ftypmp42').toString('base64')
    })
    expect(JSON.stringify(writeLog.mock.calls)).not.toContain('abc')
  })

  it.each([['media', Buffer.alloc(4_096), 1_024], ['text', Buffer.alloc(4_096, 'x'), 256], ['nothing', undefined, 0]])('keeps of %s a number of first bytes', (_what, head, bytes) => {
    logAnswer({statusCode: 404, headers: {}, finalUrl: new URL('https://a.example/')}, head)
    expect(Buffer.from(logged().head, 'base64').length).toBe(bytes)
  })
})
