import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {runProgram, runStart} from '../helpers/program'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import type {Line} from '../helpers/system'

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
const clip = 'local/cli/demo/harbour.mp4'

describe('npm run demo', () => {
  it('tells the whole story within 20 seconds and leaves the clip behind', async () => {
    const startedAt = Date.now()
    const {code, lines, errors} = await runProgram('build/start.js', 'demo')
    const seconds = (Date.now() - startedAt) / 1000
    const told = lines.map((line) => /^ *[\d.]+ s {2}(\w+ +\S+)/.exec(line)?.[1]?.replace(/ +/, ' '))
    const story = ['event FileRequested', 'event FileMetadataReady', 'state ClaimFile', 'event FileDownloadStarted', 'state TransferFile', 'event FileDownloadCompleted', 'push APNS']
    expect({code, errors, missing: story.filter((step) => !told.includes(step))}).toEqual({code: 0, errors: '', missing: []})
    expect(told.filter((step) => story.includes(step ?? '')).slice(0, 3)).toEqual(story.slice(0, 3))
    expect(lines.some((line) => /^ *[\d.]+ s {2}bytes /.test(line))).toBe(true)
    expect(seconds).toBeLessThan(20)

    const path = lines.find((line) => line.endsWith('.mp4') && line.startsWith(tmpdir()))!
    expect(sha256(path)).toBe(sha256(clip))
    expect(lines.find((line) => line.includes('SHA-256'))).toContain(sha256(clip))
    rmSync(/.*media-downloader-demo-[^/]+/.exec(path)![0], {recursive: true})
  }, 60_000)
})

describe('npm start -- URL…', () => {
  let site: MediaSite
  let data: string
  const start = (...args: readonly string[]) => runStart('--port', '0', '--data', data, '--allow-private-sources', ...args)

  beforeAll(async () => {
    site = await startMediaSite()
    data = mkdtempSync(join(tmpdir(), 'commands-'))
  })

  afterAll(async () => {
    await site?.close()
    rmSync(data, {recursive: true, force: true})
  })

  it('brings each URL home and exits 0', async () => {
    const urls = [site.url('/clip.mp4?a=1'), site.url('/clip.mp4?a=2')]
    const {code, lines, errors} = await start('--json', ...urls)
    expect({code, errors}).toEqual({code: 0, errors: ''})
    const told = lines.map((line) => JSON.parse(line) as Line)
    const results = told.filter(({type}) => type === 'result')
    expect(results.map(({url}) => url).sort()).toEqual(urls)
    for (const {path, ...result} of results) {
      expect(result).toEqual({
        type: 'result', url: expect.any(String), fileId: expect.stringMatching(/^url-/), status: 'Downloaded', key: `media/${String(result['fileId'])}.mp4`,
        size: readFileSync(clip).length, sha256: sha256(clip), error: null
      })
      expect(dirname(String(path)).startsWith(data)).toBe(true)
      expect(sha256(String(path))).toBe(sha256(clip))
    }
    expect(['started', 'event', 'state', 'progress', 'result'].filter((type) => !told.some((line) => line.type === type))).toEqual([])
  }, 60_000)

  it('answers at once where the file is there already, and shows it plainly without --json', async () => {
    const {code, lines} = await start(site.url('/clip.mp4?a=1'))
    expect({code, requests: lines.filter((line) => line.startsWith('ok ')).length}).toEqual({code: 0, requests: 1})
    expect(lines.find((line) => line.includes('SHA-256'))).toContain(sha256(clip))
  }, 60_000)

  it('exits 1 with the reason where any URL failed', async () => {
    const {code, lines} = await start('--json', site.url('/status/404/a.mp4'), 'harbour')
    const results = lines.map((line) => JSON.parse(line) as Line).filter(({type}) => type === 'result')
    expect(code).toBe(1)
    expect(results.map(({status, error}) => `${String(status)} ${(error as {code: string}).code}`).sort())
      .toEqual(['Failed InvalidUrlError', 'Failed SourceNotFoundError'])
  }, 60_000)
})

describe('npm start', () => {
  let taken: Server

  beforeAll(() => new Promise<void>((resolve) => {
    taken = createServer().listen(0, '127.0.0.1', () => resolve())
  }))
  afterAll(() => { taken.close() })

  it('says what to do where the port is taken', async () => {
    const {port} = taken.address() as AddressInfo
    expect(await runStart('--ephemeral', '--port', String(port))).toEqual({code: 1, lines: [], errors: expect.stringMatching(/^Cannot listen on port \d+ .*--port 0/)})
  })

  it('exits 2 at an option that it does not know', async () => {
    expect(await runStart('--prot', '1')).toEqual({code: 2, lines: [], errors: expect.stringMatching(/^Unknown option '--prot'.* -h\n$/)})
  })

  it('exits 1 where the wiring is none', async () => {
    expect(await runStart('--ephemeral', '--port', '0', '--wiring', 'package.json'))
      .toEqual({code: 1, lines: [], errors: expect.stringMatching(/^\S*package\.json holds no wiring\. /)})
  })

  it('explains itself', async () => {
    const {code, lines} = await runStart('--help')
    expect({code, first: lines[0]}).toEqual({code: 0, first: 'Usage: npm start -- [options] [url...]'})
  })
})
