import {describe, expect, it} from '@jest/globals'
import type {WiredFunction} from '../../../../shared/wiring/functions'
import {programPath} from '../program-path'
import {sandboxEnvironment} from '../sandbox-environment'

describe('programPath', () => {
  it.each([
    ['yt-dlp', 'yt-dlp'], ['/x/yt-dlp', '/x/yt-dlp'], ['./bin/yt-dlp', '/here/bin/yt-dlp'], ['../yt-dlp', '/yt-dlp'], ['bin/yt-dlp', '/here/bin/yt-dlp'],
    ['~/bin/yt-dlp', '/people/ann/bin/yt-dlp'], ['~ann/yt-dlp', '/here/~ann/yt-dlp']
  ])('of %s is %s', (named, path) => {
    expect(programPath(named, {folder: '/here', home: '/people/ann'})).toBe(path)
  })
})

describe('The environment of a sandbox', () => {
  const before = {...process.env}
  const environmentOf = (wired: Record<string, string>, overrides: Record<string, string> = {}): Record<string, string> => sandboxEnvironment(
    {name: 'TransferFile', handler: 'index.handler', runtime: 'nodejs22.x', memoryMegabytes: 512, environment: wired} as unknown as WiredFunction,
    {endpoint: () => 'http://127.0.0.1:1', region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}, overrides},
    {taskRoot: '/task', folder: '/tmp/x', runtimeApi: '127.0.0.1:2'}
  )

  it.each([['', ''], ['/opt/bin/yt-dlp', '']])('names the yt-dlp of this machine instead of the wiring\'s %j', (wired) => {
    process.env['YT_DLP_PATH'] = ' /x/yt-dlp '
    expect(environmentOf({YT_DLP_PATH: wired})['YT_DLP_PATH']).toBe('/x/yt-dlp')
    expect(environmentOf({YT_DLP_PATH: wired}, {YT_DLP_PATH: '/other'})['YT_DLP_PATH']).toBe('/other')
    process.env = {...before}
  })

  it.each([undefined, '', ' '])('leaves the wiring\'s where the machine names none: %j', (named) => {
    process.env = {...before, ...(named !== undefined && {YT_DLP_PATH: named})}
    expect(environmentOf({YT_DLP_PATH: '/opt/bin/yt-dlp'})['YT_DLP_PATH']).toBe('/opt/bin/yt-dlp')
    process.env = {...before}
  })

  it('names none to a function that has no use for it', () => {
    process.env['YT_DLP_PATH'] = '/x/yt-dlp'
    expect(environmentOf({})).not.toHaveProperty('YT_DLP_PATH')
    process.env = {...before}
  })
})
