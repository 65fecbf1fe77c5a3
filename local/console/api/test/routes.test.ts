import {describe, expect, it} from '@jest/globals'
import {openStore} from '../../../runtime/core/store'
import type {Observation} from '../../../runtime/core/types'
import {openArchivedEvents} from '../../../services/events/archived-events'
import {wiredArchives} from '../../../services/events/wired'
import {readWiring} from '../../../../shared/wiring/wiring'
import {openJournal} from '../journal'
import {localRoutes} from '../routes'
import {at, delivered, envelope, said} from './entries'

const wiring = readWiring('local/wiring.json')
const good = {fileId: 'file-1', correlationId: 'c-1', sourceUrl: 'https://example.com/a.mp4', userId: 'ann', requestedAt: at}

const api = (...observations: readonly Observation[]) => {
  const db = openStore(':memory:')
  const journal = openJournal(db)
  const archived = openArchivedEvents(db, {now: () => Date.parse(at), at: () => () => undefined})
  const [archive] = [...wiredArchives(wiring).values()]
  observations.forEach((observation) => {
    journal.record(observation)
    if (observation.type === 'event') {
      archived.add(archive!, observation.event, 100)
    }
  })
  db.exec('CREATE TABLE states_executions (arn TEXT PRIMARY KEY, machine TEXT, status TEXT, started INTEGER, document TEXT)')
  const start = (arn: string, started: number, fileId: string, status = 'SUCCEEDED'): void => {
    const document = {arn, machineArn: 'machine', name: arn, input: JSON.stringify({fileId}), started, stopped: started + 5, status}
    db.prepare('INSERT INTO states_executions VALUES (?, ?, ?, ?, ?)').run(arn, 'machine', status, started, JSON.stringify(document))
  }
  const routes = localRoutes({db, wiring, journal, sns: {devices: () => []}})
  const ask = async (method: string, address: string, body = {}): Promise<Record<string, unknown>> => {
    const [path = '', search] = address.split('?')
    const pattern = (route: string): RegExp => new RegExp(`^${route.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
    const route = routes.find((each) => each.method === method && pattern(each.path).test(path))
    if (route === undefined || 'open' in route) {
      throw new Error(`Expected a route for ${method} ${path}.`)
    }
    const groups = pattern(route.path).exec(path)!.groups
    return await route.answer({query: new URLSearchParams(search), path: {...groups}, body: async () => body}) as Record<string, unknown>
  }
  return {ask, start}
}

describe('Events', () => {
  it('have their verdict, the rules they met and what became of each delivery', async () => {
    const {ask} = api(said('e-1', good), delivered('e-1', 'retrying', 1), delivered('e-1', 'dead-lettered', 2))
    const target = 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload'
    const {attempts, ...event} = await ask('GET', '/events/e-1')
    expect(event).toEqual({
      id: 1, at, event: envelope('e-1', good), bus: 'MediaDownloaderEvents', rules: ['FileRequested'], verdict: 'valid', problems: [],
      deliveries: [{at, rule: 'FileRequested', target, outcome: 'dead-lettered', attempts: 2}], invocations: []
    })
    expect(attempts).toHaveLength(2)
  })

  it('come newest first, page by page, with how many there are', async () => {
    const {ask} = api(said('e-1', good), said('e-2', good), said('e-3', {...good, fileId: 'other'}))
    const {events, ...page} = await ask('GET', '/events?limit=2')
    expect(page).toEqual({last: 3, total: 3, next: 2})
    expect((events as Array<{event: {id: string}}>).map(({event}) => event.id)).toEqual(['e-3', 'e-2'])
    expect(await ask('GET', '/events?limit=2&before=2')).toMatchObject({events: [{event: {id: 'e-1'}}], next: null})
    expect(await ask('GET', '/events?fileId=other')).toMatchObject({total: 1, events: [{event: {id: 'e-3'}}]})
  })

  it('are refused by their contract with the place and the reason', async () => {
    const {ask} = api()
    const bad = {...envelope('e-1'), detail: {fileId: 'no spaces here', sourceUrl: 'https://example.com', userId: 'ann', requestedAt: at}}
    expect(await ask('POST', '/verdict', bad)).toEqual({
      verdict: 'invalid',
      problems: [
        {at: '/detail', message: 'must have required property \'correlationId\''},
        {at: '/detail/fileId', message: 'must match pattern "^[A-Za-z0-9_-]{1,128}$"'}
      ]
    })
    expect(await ask('POST', '/verdict', envelope('e-2', {}, 'NobodyKnowsIt'))).toEqual({verdict: 'unknown', problems: []})
  })

  it('are tried with a pattern', async () => {
    const {ask} = api(said('e-1', good), said('e-2', {...good, fileId: 'other'}))
    expect(await ask('POST', '/patterns', {pattern: '{"detail": {"fileId": [{"prefix": "oth"}]}}'})).toEqual({
      tried: 2, matching: [{id: 2, at, eventId: 'e-2', name: 'FileRequested', fileId: 'other'}]
    })
    await expect(ask('POST', '/patterns', {pattern: '{"detail": 1}'})).rejects.toThrow(/pattern/i)
  })
})

describe('Executions', () => {
  it('have their file and its title, page by page', async () => {
    const {ask, start} = api(said('e-1', {fileId: 'file-1', correlationId: 'c', title: 'Harbour'}, 'FileMetadataReady'))
    start('arn:1', 1000, 'file-1')
    start('arn:2', 2000, 'file-2', 'FAILED')
    const first = await ask('GET', '/executions?limit=1')
    expect(first).toMatchObject({executions: [{arn: 'arn:2', fileId: 'file-2', title: null, status: 'FAILED'}], next: '2000 arn:2'})
    expect(await ask('GET', `/executions?limit=1&next=${encodeURIComponent(String(first['next']))}`)).toMatchObject({executions: [{arn: 'arn:1', title: 'Harbour'}]})
    expect(await ask('GET', '/executions?fileId=file-1')).toMatchObject({executions: [{arn: 'arn:1'}], next: null})
    expect(await ask('GET', '/executions?status=FAILED')).toMatchObject({executions: [{arn: 'arn:2'}], next: null})
  })
})

describe('Files', () => {
  it('are those that were talked of, with what was said last', async () => {
    const {ask} = api(said('e-1', good), said('e-2', {...good, title: 'Harbour'}, 'FileMetadataReady'), said('e-3', {...good, fileId: 'file-2'}))
    expect(await ask('GET', '/files')).toEqual({files: [
      {fileId: 'file-2', title: null, lastAt: at, lastEvent: 'FileRequested'}, {fileId: 'file-1', title: 'Harbour', lastAt: at, lastEvent: 'FileMetadataReady'}
    ]})
  })

  it('have a story, oldest first, without log lines', async () => {
    const {ask} = api(said('e-1', good), delivered('e-1'), {type: 'log', at, functionName: 'F', line: '{"fileId":"file-1"}'})
    expect(await ask('GET', '/files/file-1/story')).toMatchObject({logLines: 1, entries: [{type: 'event'}, {type: 'delivery'}]})
  })
})

describe('An archive', () => {
  it('is counted by time and kind', async () => {
    const {ask} = api(said('e-1', good), said('e-2', good), said('e-3', good, 'FileMetadataReady'))
    expect(await ask('GET', '/archives/MediaDownloaderArchive')).toEqual({firstAt: at, lastAt: at})
    const {buckets} = await ask('GET', '/archives/MediaDownloaderArchive/histogram?from=2026-11-25T09:00:00Z&to=2026-11-25T11:00:00Z&buckets=4')
    expect(buckets).toEqual([{from: at, name: 'FileMetadataReady', count: 1}, {from: at, name: 'FileRequested', count: 2}])
    await expect(ask('GET', '/archives/MediaDownloaderArchive/histogram?from=soon&to=later')).rejects.toThrow('`from` takes an ISO 8601 time, not \'soon\'.')
  })

  it('that no one fills is empty', async () => {
    expect(await api().ask('GET', '/archives/MediaDownloaderArchive')).toEqual({firstAt: null, lastAt: null})
  })
})
