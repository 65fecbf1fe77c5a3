import {spawn} from 'node:child_process'
import {globSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {notificationsOf, registerDevice, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {runProgram} from '../helpers/program'
import {eventually, startSystem, type System} from '../helpers/system'

/** Logs Insights as far as the program asks it: it returns the lines that the embedded AWS keeps in files. */
const startInsights = async (folder: string): Promise<Server> => {
  const answers: Record<string, () => object> = {
    DescribeLogGroups: () => ({logGroups: [{logGroupName: '/aws/lambda/RequestFile'}, {logGroupName: '/aws/lambda/Other'}]}),
    StartQuery: () => ({queryId: 'query-1'}),
    GetQueryResults: () => ({status: 'Complete', results: globSync('logs/*.log', {cwd: folder})
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')).map((value) => [{field: '@message', value}])})
  }
  const server = createServer((request, response) => {
    const answer = answers[String(request.headers['x-amz-target']).split('.')[1] ?? '']
    response.writeHead(answer === undefined ? 400 : 200, {'content-type': 'application/x-amz-json-1.1'}).end(JSON.stringify(answer?.() ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return server
}

describe('npm run timeline', () => {
  let data: string
  let site: MediaSite
  let system: System
  let insights: Server

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'timeline-'));
    [site, system, insights] = await Promise.all([startMediaSite(), startSystem(['--data', data, '--allow-private-sources', '--fast-retries']), startInsights(data)])
    await registerDevice(system, 'ann', 'phone')
  })

  afterAll(async () => {
    await system?.stop()
    await site?.close()
    insights?.close()
    rmSync(data, {recursive: true, force: true})
  })

  const bring = async (path: string): Promise<string> => {
    const before = notificationsOf(system).length
    const {body: {fileId}} = await requestFile(system, 'ann', site.url(path))
    await settledFile(system, 'ann', fileId)
    await eventually('the push', () => notificationsOf(system).length > before || undefined)
    return fileId
  }

  const toldOf = (lines: readonly string[]): string[] => lines.flatMap((line) => /^ *[\d.]+ s {2}(\w+ +\w+)/.exec(line)?.[1]?.replace(/ +/, ' ') ?? [])

  it('tells one story from the request to the push', async () => {
    const fileId = await bring('/clip.mp4?told=1')
    const steps = ['request by', 'event FileRequested', 'event FileMetadataReady', 'workflow started', 'state ClaimFile', 'event FileDownloadStarted', 'state TransferFile',
      'bytes TransferFile', 'workflow succeeded', 'record Downloaded', 'event FileDownloadCompleted', 'push FileDownloadCompleted']
    const lines = await eventually('the whole story', async () => {
      const {code, lines, errors} = await runProgram('ops/main.ts', 'timeline', fileId, '--endpoint', system.address, '--data', data)
      expect({code, errors}).toEqual({code: 0, errors: ''})
      return steps.every((step) => toldOf(lines).includes(step)) ? lines : undefined
    })
    expect(toldOf(lines).filter((step) => steps.includes(step) && !/^(workflow|bytes|record)/.test(step))).toEqual(steps.filter((step) => !/^(workflow|bytes|record)/.test(step)))
    expect(lines.filter((line) => line.startsWith('Note:'))).toEqual([])
  }, 60_000)

  it('tells each failed try of a file that did not come', async () => {
    const fileId = await bring('/short.mp4')
    const {lines} = await runProgram('ops/main.ts', 'timeline', fileId, '--endpoint', system.address, '--data', data)
    expect(lines.filter((line) => line.includes('failed: TruncatedBodyError')).length).toBeGreaterThan(1)
    expect(toldOf(lines)).toEqual(expect.arrayContaining(['workflow failed', 'event FileDownloadFailed', 'record Failed']))
  }, 60_000)

  it('says what it cannot have without the logs', async () => {
    const fileId = await bring('/clip.mp4?told=2')
    const {code, lines} = await runProgram('ops/main.ts', 'timeline', fileId, '--endpoint', system.address, '--data', join(data, 'elsewhere'))
    expect({code, notes: lines.filter((line) => line.startsWith('Note:'))}).toEqual({code: 0, notes: [expect.stringContaining('There are no logs in')]})
    expect(toldOf(lines)).toContain('event FileDownloadStarted')
  }, 60_000)

  it('tells the same story with logs from Logs Insights, where it looks into AWS', async () => {
    const fileId = await bring('/clip.mp4?told=3')
    const {port} = insights.address() as AddressInfo
    const child = spawn(process.execPath, ['--import', 'tsx', 'ops/main.ts', 'timeline', fileId, '--aws', '--json'], {env: {
      ...process.env, AWS_ENDPOINT_URL: system.address, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x'
    }, stdio: ['ignore', 'pipe', 'inherit']})
    let output = ''
    for await (const chunk of child.stdout) {
      output += String(chunk)
    }
    const told = JSON.parse(output) as {entries: ReadonlyArray<{kind: string, subject: string, from: string}>, notes: string[]}
    expect(told.entries.filter(({kind, from}) => kind === 'event' && from === 'logs').map(({subject}) => subject)).toEqual(['FileRequested', 'FileMetadataReady', 'FileDownloadCompleted'])
    expect(told.notes).toEqual(['Logs Insights finds a line up to some minutes after it was written.'])
  }, 60_000)

  it('exits 1 where there is no such file or no one answers, and 2 where it is used wrongly', async () => {
    const [unknown, nobody, wrong] = await Promise.all([
      runProgram('ops/main.ts', 'timeline', 'url-none', '--endpoint', system.address), runProgram('ops/main.ts', 'timeline', 'url-1', '--endpoint', 'http://127.0.0.1:9'), runProgram('ops/main.ts', 'timeline')
    ])
    expect([unknown, nobody, wrong].map(({code, errors}) => ({code, errors}))).toEqual([
      {code: 1, errors: expect.stringContaining('There is no file url-none')}, {code: 1, errors: expect.stringContaining('npm start')}, {code: 2, errors: expect.stringContaining('Say which fileId')}
    ])
  }, 60_000)
})
