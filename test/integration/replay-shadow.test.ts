import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {functionNames} from '../../build/bundle/functions'
import {compileShadow} from '../../build/bundle/shadow'
import type {EventEnvelope} from '../../local/runtime/core/types'
import {runShadow, type ShadowReport} from '../../local/replay/shadow'
import {readWiring, parseWiring} from '../../shared/wiring/wiring'
import {runProgram} from '../helpers/program'
import {archiveOf} from '../replay/archive'

const wiringText = readFileSync('local/wiring.json', 'utf8')
const events = archiveOf(600, 7)
const folder = mkdtempSync(join(tmpdir(), 'shadow-'))

beforeAll(() => {
  cpSync('src', join(folder, 'src'), {recursive: true})
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
})

afterAll(() => rmSync(folder, {recursive: true, force: true}))

interface Mutation {
  readonly path: string
  readonly from: string
  readonly to: string
}

/** The functions with one of their files changed. */
const mutated = async ({path, from, to}: Mutation): Promise<string> => {
  const [source, shadow] = [readFileSync(path, 'utf8'), join(folder, `${path.replaceAll('/', '-')}.mjs`)]
  if (source.split(from).length !== 2) {
    throw new Error(`Expected '${from}' once in ${path}.`)
  }
  writeFileSync(join(folder, path), source.replace(from, to))
  writeFileSync(shadow, (await compileShadow(folder, functionNames('.'))).code)
  writeFileSync(join(folder, path), source)
  return shadow
}

const fileOfFirst = (kind: string, such: (detail: EventEnvelope['detail']) => boolean = () => true): unknown =>
  events.find((event) => event['detail-type'] === kind && such(event.detail))?.detail['fileId']

describe('A shadow of an archive', () => {
  it('comes to the same outcome with the code that made it, without any effect', async () => {
    const {files, attempts, same, different, effects, suppressed} = await runShadow({wiring: readWiring('local/wiring.json'), events, workers: 2})
    expect({attempts: attempts === files, same: same === attempts, different, effects, isBusy: suppressed.transfers > 100 && suppressed.pushes > 100})
      .toEqual({attempts: true, same: true, different: 0, effects: 0, isBusy: true})
  })

  it.each<Mutation & {what: string, kind: string, such?: (detail: EventEnvelope['detail']) => boolean, difference: RegExp}>([
    {
      what: 'S3ObjectCreated forgets the title', kind: 'FileDownloadCompleted', difference: /^FileDownloadCompleted\.title was ".+", is absent$/,
      path: 'src/lambdas/S3ObjectCreated/src/completion.ts', from: '...object, title, missing, completedAt', to: '...object, missing, completedAt'
    },
    {
      what: 'StartFileUpload calls every failure worth a retry', kind: 'FileDownloadFailed', such: ({errorCode}) => errorCode === 'SourceNotFoundError',
      difference: /^FileDownloadFailed\.retryable was false, is true$/,
      path: 'src/lambdas/StartFileUpload/src/failure.ts', from: 'retryable: error.retryable}', to: 'retryable: true}'
    },
    {
      what: 'SendPushNotification tells no one of a finished file', kind: 'FileDownloadCompleted',
      difference: /^a push to user-\d+ was due once, goes out never$/,
      path: 'src/lambdas/SendPushNotification/src/index.ts', from: 'return tellEverybody(event, context)', to: 'return event.detailType === \'FileDownloadCompleted\' ? 0 : tellEverybody(event, context)'
    },
    {
      what: 'TransferRange says another checksum', kind: 'FileDownloadCompleted', such: ({size}) => Number(size) >= 128 * 1024 * 1024,
      difference: /^FileDownloadCompleted was published, and is not$/,
      path: 'src/lambdas/TransferRange/src/range.ts', from: 'crc32: combineCrcs(parts)', to: 'crc32: \'AAAAAQ==\''
    },
    {
      what: 'RequestFile gives files another identity', kind: 'FileRequested', difference: /^FileRequested\.fileId was "url-\w+", is "uri-\w+"$/,
      path: 'src/lambdas/RequestFile/src/file-identity.ts', from: '`url-${', to: '`uri-${'
    }
  ])('names the first file that differs where $what', async ({kind, such, difference, ...mutation}) => {
    const {effects, differences} = await runShadow({wiring: readWiring('local/wiring.json'), events, shadow: await mutated(mutation)})
    expect({effects, first: differences[0]?.fileId, why: differences[0]?.differences})
      .toEqual({effects: 0, first: fileOfFirst(kind, such), why: expect.arrayContaining([expect.stringMatching(difference)])})
  }, 60_000)

  it('sees a workflow that announces something else', async () => {
    const wiring = parseWiring(JSON.parse(wiringText.replaceAll('DetailType\\": \\"FileDownloadStarted', 'DetailType\\": \\"FileDownloadBegun')))
    const {differences: [first]} = await runShadow({wiring, events})
    expect({file: first?.fileId, why: first?.differences})
      .toEqual({file: fileOfFirst('FileDownloadStarted'), why: expect.arrayContaining(['FileDownloadStarted was published, and is not'])})
  }, 60_000)

  it('transfers by ranges what was large, and as a whole what was not', async () => {
    const {judgements = []} = await runShadow({wiring: readWiring('local/wiring.json'), events})
    const sizes = new Map(events.filter((event) => event['detail-type'] === 'FileDownloadCompleted').map(({detail}) => [detail['fileId'], Number(detail['size'])]))
    const done = judgements.filter(({fileId}) => sizes.has(fileId))
    const ranged = done.filter(({states}) => ['TransferRanges', 'TransferRange', 'CompleteUpload'].every((state) => states.includes(state)))
    const whole = done.filter(({states}) => !states.includes('TransferRanges'))
    expect({all: ranged.length + whole.length, isBoth: ranged.length > 0 && whole.length > 0}).toEqual({all: done.length, isBoth: true})
    expect(ranged.map(({fileId}) => fileId)).toEqual([...sizes].filter(([, size]) => size >= 128 * 1024 * 1024).map(([fileId]) => fileId))
  }, 60_000)

  it.each([
    ['after it was announced', ['FileRequested', 'FileMetadataReady']], ['while it was transferred', ['FileRequested', 'FileMetadataReady', 'FileDownloadStarted']]
  ])('leaves open what became of a file that was cancelled %s', async (_when, kinds) => {
    const fileId = fileOfFirst('FileDownloadCompleted')
    const own = events.filter((event) => event.detail['fileId'] === fileId && kinds.includes(event['detail-type']))
    const {open, differences} = await runShadow({wiring: readWiring('local/wiring.json'), events: own})
    expect({open, differences}).toEqual({open: 1, differences: []})
  }, 60_000)

  it('passes over how far a transfer was', async () => {
    const fileId = fileOfFirst('FileDownloadCompleted')
    const own = events.filter(({detail}) => detail['fileId'] === fileId)
    const started = own.find((event) => event['detail-type'] === 'FileDownloadStarted')!
    const {correlationId} = started.detail
    const half = {...started, id: 'half', 'detail-type': 'FileDownloadProgressed', detail: {fileId, correlationId, percent: 50, bytesDone: 5, size: 10, at: started.time}}
    const {same, differences} = await runShadow({wiring: readWiring('local/wiring.json'), events: [...own, half]})
    expect({same, differences}).toEqual({same: 1, differences: []})
  }, 60_000)

  it('lets today\'s code judge a source\'s answer again where that was captured', async () => {
    const done = events.find((event) => event['detail-type'] === 'FileDownloadCompleted')!
    const [fileId, correlationId] = [String(done.detail['fileId']), String(done.detail['correlationId'])]
    const answer = {purpose: 'identify', at: done.time, finalUrl: 'https://a.example/a.mp4', statusCode: 404, headers: {}, head: ''} as const
    const own = events.filter(({detail}) => detail['fileId'] === fileId)
    const sources = {[correlationId]: {answers: [answer]}}
    const {differences: [first]} = await runShadow({wiring: readWiring('local/wiring.json'), events: own, sources})
    expect(first?.differences).toEqual(expect.arrayContaining([
      expect.stringMatching(/^FileDownloadFailed is published, and was not: .*"errorCode":"SourceNotFoundError"/)
    ]))
  }, 60_000)

  it('is a gate: the command ends with 1 where anything differs, and names it', async () => {
    const file = join(folder, 'archive.ndjson')
    const elsewhere = {...events[0]!, detail: {...events[0]!.detail, sourceUrl: 'https://elsewhere.example.com/a.mp4'}}
    writeFileSync(file, [elsewhere, ...events.slice(1, 40)].map((event) => JSON.stringify(event)).join('\n'))
    const {code, lines} = await runProgram('ops/main.ts', 'replay', '--target', 'shadow', '--from-file', file, '--json')
    const {different, differences} = JSON.parse(lines.join('\n')) as ShadowReport
    expect({code, different, file: differences[0]?.fileId}).toEqual({code: 1, different: 1, file: events[0]!.detail['fileId']})
  }, 60_000)
})
