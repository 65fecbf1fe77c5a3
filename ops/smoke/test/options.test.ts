import {describe, expect, test} from '@jest/globals'
import {UsageError} from '../../../shared/cli/errors'
import {smoke} from '../command'
import {type Options, readOptions} from '../options'

const parseOptions = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Options> => readOptions((await smoke.read(args))!, env)
const deployed = 'https://a1b2c3.execute-api.eu-central-1.amazonaws.com/'

describe('parseOptions', () => {
  test('takes the Region of the signature from the endpoint', async () => {
    expect(await parseOptions(['--endpoint', deployed], {AWS_REGION: 'us-east-1'})).toEqual({
      endpoint: new URL(deployed), isLoopback: false, user: 'smoke', region: 'eu-central-1', timeoutMilliseconds: 300_000
    })
  })

  test('takes all that can be said', async () => {
    const args = ['--endpoint', 'http://127.0.0.1:4510', '--user', 'ann', '--region', 'eu-west-1', '--source', 'https://example.com/a.mp4',
      '--table', 'MediaDownloader', '--bucket', 'media', '--timeout', '1.5', '--json']
    expect(await parseOptions(args, {})).toEqual({
      endpoint: new URL('http://127.0.0.1:4510'), isLoopback: true, user: 'ann', region: 'eu-west-1', source: new URL('https://example.com/a.mp4'),
      store: {table: 'MediaDownloader', bucket: 'media'}, timeoutMilliseconds: 1500
    })
  })

  test('reads the token from SMOKE_TOKEN, so that it need not stand in a process list', async () => {
    expect(await parseOptions(['--endpoint', deployed], {SMOKE_TOKEN: 'jwt'})).toMatchObject({token: 'jwt'})
  })

  test.each([
    ['an endpoint that is no URL', ['--endpoint', 'here'], 'Expected --endpoint to be an http or https URL; got \'here\'.'],
    ['a source that is no http URL', ['--endpoint', deployed, '--source', 'file:///etc/passwd'], 'Expected --source'],
    ['a name at a deployed endpoint', ['--endpoint', deployed, '--user', 'ann'], 'Expected --token'],
    ['two users', ['--endpoint', 'http://localhost:1', '--user', 'ann', '--token', 'x'], 'got both'],
    ['a table without its bucket', ['--endpoint', deployed, '--table', 'MediaDownloader'], 'Expected --table and --bucket together'],
    ['no time', ['--endpoint', deployed, '--timeout', '0'], '--timeout takes a number from 0.001 on, not \'0\''],
    ['an unknown option', ['--endpoint', deployed, '--fast'], 'Unknown option \'--fast\'']
  ])('refuses %s', async (_, args, message) => {
    await expect(parseOptions(args, {})).rejects.toThrow(UsageError)
    await expect(parseOptions(args, {})).rejects.toThrow(message)
  })
})
