import {describe, expect, it} from '@jest/globals'
import {parameterName, secretProblem, secrets} from '../../stack/secrets'

const named = (name: string) => secrets.find((each) => each.name === name)!

describe('A secret', () => {
  it('is named after the stack where the environment says nothing', () => {
    expect(secrets.map((secret) => parameterName(secret, {suffix: '-Dev', text: () => ''}))).toEqual([
      '/MediaDownloader-Dev/Apns', '/MediaDownloader-Dev/FcmServiceAccount', '/MediaDownloader-Dev/FeedlyToken', '/MediaDownloader-Dev/YtDlpCookies'
    ])
  })

  it('is named as the environment says', () => {
    expect(parameterName(named('apns'), {suffix: '', text: (name) => name === 'apns_parameter' ? '/ours' : ''})).toBe('/ours')
  })

  it.each([
    ['apns', 'hush', /has to be JSON with signing_key.*lacks signing_key, key_id, team_id, bundle_id/],
    ['apns', '{"signing_key": "hush", "key_id": 1}', /lacks key_id, team_id, bundle_id/],
    ['apns', 'null', /lacks signing_key/],
    ['fcm_service_account', '{"private_key": "hush"}', /lacks project_id, client_email/],
    ['feedly_token', '  ', /is empty/]
  ])('%s is not written as %s, and the sentence does not show it', (name, value, expected) => {
    const problem = secretProblem(named(name), value)
    expect(problem).toMatch(expected)
    expect(problem).not.toContain('hush')
  })

  it('of free text may be any', () => {
    expect(secretProblem(named('yt_dlp_cookies'), '# Netscape HTTP Cookie File')).toBeUndefined()
  })
})
