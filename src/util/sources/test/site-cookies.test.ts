import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import type {GetParameterCommandInput, GetParameterCommandOutput} from '@aws-sdk/client-ssm'

const getParameter = jest.fn<(input: GetParameterCommandInput) => Promise<Partial<GetParameterCommandOutput>>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/SSM', () => ({getParameter}))
const {siteCookies} = await import('../site-cookies')

const cookies = '# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t0\tsession\tone\n'
let stack = 0

beforeEach(() => {
  jest.useFakeTimers({doNotFake: ['nextTick', 'setImmediate']})
  // What was read is kept by name: each test has a stack of its own.
  process.env.YT_DLP_COOKIES_PARAMETER = `/Stack${stack++}/YtDlpCookies`
  getParameter.mockReset().mockResolvedValue({Parameter: {Value: cookies}})
})

afterEach(() => {
  jest.useRealTimers()
  delete process.env.YT_DLP_COOKIES_PARAMETER
})

describe('the cookies for sites', () => {
  it('are what the parameter holds, asked for once in five minutes', async () => {
    expect([await siteCookies(), await siteCookies()]).toEqual([{cookies}, {cookies}])
    expect(getParameter.mock.calls).toEqual([[{Name: process.env.YT_DLP_COOKIES_PARAMETER, WithDecryption: true}]])
    jest.advanceTimersByTime(5 * 60_000)
    getParameter.mockResolvedValue({Parameter: {Value: 'newer'}})
    expect(await siteCookies()).toEqual({cookies: 'newer'})
  })

  it('are none if no one made the parameter, which is not asked for again at once', async () => {
    getParameter.mockRejectedValue(Object.assign(new Error('none'), {name: 'ParameterNotFound'}))
    expect([await siteCookies(), await siteCookies()]).toEqual([{}, {}])
    expect(getParameter).toHaveBeenCalledTimes(1)
  })

  it('are none if the parameter is empty, or the function has no name of one', async () => {
    getParameter.mockResolvedValue({Parameter: {Value: ''}})
    expect(await siteCookies()).toEqual({})
    delete process.env.YT_DLP_COOKIES_PARAMETER
    expect(await siteCookies()).toEqual({})
    expect(getParameter).toHaveBeenCalledTimes(1)
  })

  it('are a StorageError, which the workflow tries again, where SSM does not answer, and are not forgotten for it', async () => {
    getParameter.mockRejectedValueOnce(Object.assign(new Error('slow down'), {name: 'ThrottlingException'}))
    await expect(siteCookies()).rejects.toMatchObject({name: 'StorageError', cause: expect.objectContaining({name: 'ThrottlingException'})})
    expect(await siteCookies()).toEqual({cookies})
  })
})
