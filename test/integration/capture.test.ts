import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {spawnSync} from 'node:child_process'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {registerDevice, requestFile, settledFile} from '../helpers/api'
import {readCapture} from '../helpers/captured'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {type Finished, runProgram, runProgramIn} from '../helpers/program'
import {startSystem, type System} from '../helpers/system'

const data = mkdtempSync(join(tmpdir(), 'capture-'))
// Beside the captures that are kept: a captured test imports helpers by its place.
const out = mkdtempSync(resolve('test/captured/of-a-test-'))
const secret = 'Zm9yYmlkZGVuLWZydWl0'

let [site, system] = [] as unknown as [MediaSite, System]
const files: Record<string, string> = {}

beforeAll(async () => {
  site = await startMediaSite()
  system = await startSystem(['--data', data, '--allow-private-sources', '--fast-retries'])
  await registerDevice(system, 'ann', 'phone')
  for (const path of [`/status/404/a.mp4?token=${secret}`, '/lying.mp4', '/short.mp4', '/clip.mp4']) {
    const {body: {fileId}} = await requestFile(system, 'ann', site.url(path))
    await settledFile(system, 'ann', fileId, 60_000)
    files[path.split('?')[0]!] = fileId
  }
}, 180_000)

afterAll(async () => {
  await system.stop()
  await site.close()
  rmSync(data, {recursive: true, force: true})
  rmSync(out, {recursive: true, force: true})
})

const capture = (subject: string, name: string): Promise<Finished> =>
  runProgram('ops/main.ts', 'capture', subject, '--data', data, '--endpoint', system.address, '--out', out, '--name', name)

/** Runs a captured test as npm run test:integration does; returns its exit code and what it said. */
const runCaptured = (name: string): {readonly code: number | null, readonly text: string} => {
  const {status, stderr} = spawnSync(process.execPath, ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js',
    '--config', 'jest.integration.config.js', join(out, name)], {encoding: 'utf8', env: {...process.env, NODE_OPTIONS: ''}})
  return {code: status, text: stderr}
}

const historiesOf = (name: string): Record<string, Array<{type: string}>> =>
  (JSON.parse(readFileSync(join(out, name, 'background.json'), 'utf8')) as {histories: Record<string, Array<{type: string}>>}).histories

const written = (name: string): string => ['capture.json', 'background.json', 'captured.test.ts'].map((file) => readFileSync(join(out, name, file), 'utf8')).join('\n')

describe('npm run capture', () => {
  it('makes a test of a refusal, with what the source answered, and without secrets or names of users', async () => {
    const {code, errors} = await capture(files['/status/404/a.mp4']!, 'refused')
    expect({code, errors}).toEqual({code: 0, errors: ''})
    const {events, sources, expected, notes} = readCapture(join(out, 'refused'))
    expect({kinds: events.map((event) => event['detail-type']), expected, notes}).toEqual({
      kinds: ['FileRequested', 'FileDownloadFailed'], notes: [],
      expected: [{correlationId: expect.any(String), outcome: 'same', differences: [], told: ['user-1']}]
    })
    expect(Object.values(sources)).toEqual([{answers: [expect.objectContaining({
      purpose: 'identify', statusCode: 404, finalUrl: site.url('/status/404/a.mp4'), at: expect.stringMatching(/Z$/)
    })]}])
    expect(events[0]!.detail['sourceUrl']).toBe(site.url('/status/404/a.mp4?token=scrubbed'))
    expect(written('refused')).not.toMatch(new RegExp(`${secret}|"ann"|#ann|${files['/status/404/a.mp4']}`))
    expect(JSON.parse(readFileSync(join(out, 'refused', 'background.json'), 'utf8'))).toEqual({records: expect.arrayContaining([
      expect.objectContaining({SK: 'FILE', status: 'Failed'}), expect.objectContaining({SK: 'USER#user-1'})
    ]), histories: {}})
    expect(runCaptured('refused')).toMatchObject({code: 0})
  }, 120_000)

  it('keeps the first bytes that led to a failure, and the test fails where they lead elsewhere', async () => {
    await capture(files['/lying.mp4']!, 'lying')
    const path = join(out, 'lying', 'capture.json')
    const [answer] = Object.values(readCapture(join(out, 'lying')).sources)[0]!.answers
    expect(Buffer.from(answer!.head, 'base64').toString()).toMatch(/^<!DOCTYPE html>/)
    expect(runCaptured('lying')).toMatchObject({code: 0})
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(answer!.head, Buffer.from('\0\0\0\x18ftypmp42').toString('base64')))
    expect(runCaptured('lying')).toEqual({code: 1, text: expect.stringContaining('FileDownloadFailed was published, and is not')})
  }, 120_000)

  it('makes a test of what an execution of the workflow came to, with its history', async () => {
    const {lines} = await capture(files['/short.mp4']!, 'short')
    const {events} = readCapture(join(out, 'short'))
    const executionArn = String(events.find((event) => event['detail-type'] === 'FileDownloadStarted')?.detail['executionArn'])
    const {code} = await capture(executionArn, 'execution')
    const {expected: [expected], fileId, notes} = readCapture(join(out, 'execution'))
    expect({code, fileId, notes, expected}).toEqual({
      code: 0, fileId: files['/short.mp4'], notes: [expect.stringContaining('the source is as the archive says')],
      expected: expect.objectContaining({outcome: 'same', told: ['user-1']})
    })
    expect(historiesOf('execution')[executionArn]!.at(-1)!.type).toBe('ExecutionFailed')
    expect(lines.at(-1)).toBe(`Run it with npm run test:integration -- ${join(out, 'short').slice(process.cwd().length + 1)}`)
    expect(runCaptured('execution')).toMatchObject({code: 0})
  }, 120_000)

  it('takes what a stack in AWS has by its APIs, the logs of its functions too', async () => {
    const environment = {AWS_ENDPOINT_URL: system.address, AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_MAX_ATTEMPTS: '1'}
    const {code} = await runProgramIn(environment, 'ops/main.ts', 'capture', files['/short.mp4']!, '--aws', '--from', '1h', '--out', out, '--name', 'stack')
    const {expected, sources, notes} = readCapture(join(out, 'stack'))
    expect({code, sources, expected, notes}).toEqual({
      code: 0, sources: {}, expected: [expect.objectContaining({outcome: 'same', told: ['user-1']})],
      notes: [expect.stringContaining('the source is as the archive says')]
    })
    expect(JSON.parse(readFileSync(join(out, 'stack', 'background.json'), 'utf8'))).toEqual(
      {records: expect.arrayContaining([expect.objectContaining({SK: 'FILE'})]), histories: {[Object.keys(historiesOf('execution'))[0]!]: expect.any(Array)}})
    expect(runCaptured('stack')).toMatchObject({code: 0})
  }, 120_000)

  it('makes a test of what went well, too', async () => {
    expect(await capture(files['/clip.mp4']!, 'clip')).toMatchObject({code: 0})
    expect(readCapture(join(out, 'clip'))).toMatchObject({notes: [], expected: [{outcome: 'same', differences: []}]})
    expect(runCaptured('clip')).toMatchObject({code: 0})
  }, 120_000)

  it('refuses what it knows nothing of, what is there already, and what is no file', async () => {
    const [unknown, twice, usage] = [await capture('url-unknown', 'none'), await capture(files['/clip.mp4']!, 'clip'), await capture('https://a.example/', 'none')]
    expect([unknown, twice, usage].map(({code, errors}) => [code, errors.trim()])).toEqual([
      [1, expect.stringMatching(/^Expected events of the file url-unknown in the archive; it has none/)], [1, expect.stringMatching(/^Expected no capture in/)],
      [2, expect.stringMatching(/^Expected one fileId.* See npm run ops -- capture -h/)]
    ])
  }, 60_000)
})
