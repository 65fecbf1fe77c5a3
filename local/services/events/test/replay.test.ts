import {afterEach, describe, expect, it} from '@jest/globals'
import {type Asked, serve} from './ask'
import {bench, type Bench, BUS, entry, envelope, wiring} from './bus'
import {settled, START} from './manual-clock'

const ARCHIVE = 'arn:aws:events:us-west-2:123456789012:archive/Archive'
const RULE = 'arn:aws:events:us-west-2:123456789012:rule/Bus/Rule'
const REPLAY = 'arn:aws:events:us-west-2:123456789012:replay/Again'
const seconds = START / 1000
const HOUR = 3600
const DAY = 86_400_000

const open: Asked[] = []
const serving = async (work: Bench): Promise<Asked> => {
  const asked = await serve(work.events)
  open.push(asked)
  return asked
}
afterEach(async () => { await Promise.all(open.splice(0).map((asked) => asked.close())) })

const start = (more: object = {}) => ({
  ReplayName: 'Again', EventSourceArn: ARCHIVE, EventStartTime: seconds - HOUR, EventEndTime: seconds + HOUR, Destination: {Arn: BUS}, ...more
})

describe('an archive', () => {
  it('keeps the events of its bus that meet its pattern', async () => {
    const work = bench({wiring: wiring({}, {}, {event_pattern: '{"detail":{"n":[{"numeric":[">",1]}]}}'})})
    const {ask} = await serving(work)
    work.events.putEvents([entry({n: 1}), entry({n: 2}), entry({n: 3}, {EventBusName: 'Other'})])
    expect((await ask('DescribeArchive', {ArchiveName: 'Archive'})).body).toEqual({
      ArchiveArn: ARCHIVE, ArchiveName: 'Archive', EventSourceArn: BUS, EventPattern: '{"detail":{"n":[{"numeric":[">",1]}]}}', State: 'ENABLED', RetentionDays: 90,
      EventCount: 1, SizeBytes: 36, CreationTime: seconds
    })
  })

  it('lets events go after its retention', async () => {
    const work = bench()
    const {ask} = await serving(work)
    work.events.putEvents([entry()])
    await work.clock.advance(89 * DAY)
    work.events.putEvents([entry()])
    const count = async () => ((await ask('DescribeArchive', {ArchiveName: 'Archive'})).body as {EventCount: number}).EventCount
    expect(await count()).toBe(2)
    await work.clock.advance(2 * DAY)
    expect(await count()).toBe(1)
    work.events.putEvents([entry()])
    expect(work.db.prepare('SELECT count(*) AS n FROM events_archived').get()).toEqual({n: 2})
  })
})

describe('a replay', () => {
  it('sends the events of its window again, under its name, and does not archive them twice', async () => {
    const work = bench()
    const {ask} = await serving(work)
    work.events.putEvents([entry({n: 1}, {Time: seconds + 60}), entry({n: 2}), entry({n: 3}, {Time: seconds - 2 * HOUR})])
    await settled()
    work.delivered.length = 0
    expect(await ask('StartReplay', start({Description: 'again'}))).toEqual({status: 200, body: {ReplayArn: REPLAY, State: 'STARTING', ReplayStartTime: seconds}})
    await settled()
    const named = (id: string, detail: object, more: object = {}) => ({...envelope(id, detail, more), 'replay-name': 'Again'})
    expect(work.delivered.map(({payload}) => payload)).toEqual([named('event-2', {n: 2}), named('event-1', {n: 1}, {time: '2026-11-24T12:01:00Z'})])
    expect(Object.keys(work.delivered[0]?.payload as object).join(' ')).toBe('version id detail-type source account time region replay-name resources detail')
    expect((await ask('DescribeReplay', {ReplayName: 'Again'})).body).toEqual({
      ReplayName: 'Again', ReplayArn: REPLAY, Description: 'again', State: 'COMPLETED', EventSourceArn: ARCHIVE, Destination: {Arn: BUS},
      EventStartTime: seconds - HOUR, EventEndTime: seconds + HOUR, EventLastReplayedTime: seconds + 60,
      ReplayStartTime: seconds, ReplayEndTime: seconds
    })
    expect(work.db.prepare('SELECT count(*) AS n FROM events_archived').get()).toEqual({n: 3})
  })

  it('reaches only the rules that its filter names, and of these only those whose pattern takes it', async () => {
    const work = bench()
    const {ask} = await serving(work)
    await ask('PutRule', {Name: 'Forward', EventBusName: 'Bus', EventPattern: '{"replay-name":[{"exists":true}]}'})
    await ask('PutTargets', {Rule: 'Forward', EventBusName: 'Bus', Targets: [{Id: 'F', Arn: 'arn:aws:lambda:us-west-2:123456789012:function:Forward'}]})
    work.events.putEvents([entry()])
    await settled()
    expect(work.delivered.map(({target}) => target.arn.split(':').at(-1))).toEqual(['Consumer'])
    await ask('StartReplay', start({Destination: {Arn: BUS, FilterArns: ['arn:aws:events:us-west-2:123456789012:rule/Bus/Forward']}}))
    await settled()
    expect(work.delivered.map(({target}) => target.arn.split(':').at(-1))).toEqual(['Consumer', 'Forward'])
  })

  it('leaves a rule alone that excludes replays', async () => {
    const work = bench({wiring: wiring({}, {event_pattern: '{"source":["shop"],"replay-name":[{"exists":false}]}'})})
    const {ask} = await serving(work)
    work.events.putEvents([entry()])
    await settled()
    await ask('StartReplay', start({Destination: {Arn: BUS, FilterArns: [RULE]}}))
    await settled()
    expect(work.delivered.length).toBe(1)
  })

  it('goes through another bus by a forwarding rule, but no further', async () => {
    const work = bench()
    const {ask} = await serving(work)
    const bus = (name: string) => `arn:aws:events:us-west-2:123456789012:event-bus/${name}`
    for (const [from, to] of [['Bus', 'Dev'], ['Dev', 'Third']] as const) {
      await ask('CreateEventBus', {Name: to})
      await ask('PutRule', {Name: `To${to}`, EventBusName: from, EventPattern: '{"replay-name":[{"exists":true}]}'})
      await ask('PutTargets', {Rule: `To${to}`, EventBusName: from, Targets: [{Id: to, Arn: bus(to)}]})
    }
    await ask('PutRule', {Name: 'OnDev', EventBusName: 'Dev', EventPattern: '{"source":["shop"]}'})
    await ask('PutTargets', {Rule: 'OnDev', EventBusName: 'Dev', Targets: [{Id: 'D', Arn: 'arn:aws:lambda:us-west-2:123456789012:function:OnDev'}]})
    work.events.putEvents([entry()])
    await settled()
    work.delivered.length = 0
    await ask('StartReplay', start({Destination: {Arn: BUS, FilterArns: ['arn:aws:events:us-west-2:123456789012:rule/Bus/ToDev']}}))
    await settled()
    expect(work.delivered).toEqual([{
      target: {arn: 'arn:aws:lambda:us-west-2:123456789012:function:OnDev', eventId: 'event-1'},
      payload: {...envelope('event-1'), 'replay-name': 'Again'}
    }])
    expect(work.observed.filter((told) => told.type === 'delivery' && told.outcome === 'dead-lettered')).toEqual([
      expect.objectContaining({rule: 'ToThird', error: expect.stringContaining('THIRD_ACCOUNT_HOP_DETECTED')})
    ])
  })

  it.each<[string, object, string, string]>([
    ['an unknown archive', {EventSourceArn: `${ARCHIVE}X`}, 'ValidationException', 'Parameter EventSourceArn is not valid. Reason: Archive ArchiveX does not exist.'],
    ['a source that is no archive', {EventSourceArn: BUS}, 'ValidationException', 'Parameter EventSourceArn is not valid. Reason: Must contain an archive ARN.'],
    ['an unknown bus', {Destination: {Arn: `${BUS}X`}}, 'ResourceNotFoundException', 'Event bus BusX does not exist.'],
    ['another bus than the archive\'s', {Destination: {Arn: BUS.replace('/Bus', '/default')}}, 'ValidationException',
      'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.'],
    ['a bus by its name', {Destination: {EventBusName: 'Bus'}}, 'ValidationException', 'Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.'],
    ['an unknown filter rule', {Destination: {Arn: BUS, FilterArns: ['arn:x']}}, 'ValidationException',
      'Parameter Destination.FilterArns is not valid. Reason: Rule arn:x does not exist on the event bus.'],
    ['an end before the start', {EventEndTime: seconds - 2 * HOUR}, 'ValidationException', 'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.'],
    ['a name that none can have', {ReplayName: 'a b'}, 'ValidationException',
      '1 validation error detected: Value \'a b\' at \'replayName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+']
  ])('refuses %s', async (_name, more, code, message) => {
    const {ask} = await serving(bench())
    expect(await ask('StartReplay', start(more))).toEqual({status: 400, body: {__type: code, message}})
  })

  it('has its name for itself', async () => {
    const {ask} = await serving(bench())
    await ask('StartReplay', start())
    expect((await ask('StartReplay', start())).body).toEqual({__type: 'ResourceAlreadyExistsException', message: 'Replay Again already exists.'})
  })

  it('can be cancelled while it runs, and only then', async () => {
    const work = bench()
    const {ask} = await serving(work)
    for (let batch = 0; batch < 50; batch += 1) {
      work.events.putEvents(Array.from({length: 10}, () => entry()))
    }
    await settled()
    const before = work.delivered.length
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => { release = resolve })
    work.hold = held
    await ask('StartReplay', start())
    expect((await ask('CancelReplay', {ReplayName: 'Again'})).body).toEqual({ReplayArn: REPLAY, State: 'CANCELLING'})
    release()
    await settled()
    expect((await ask('DescribeReplay', {ReplayName: 'Again'})).body).toEqual(expect.objectContaining({State: 'CANCELLED', ReplayEndTime: seconds}))
    expect(work.delivered.length - before).toBeLessThanOrEqual(200)
    expect((await ask('CancelReplay', {ReplayName: 'Again'})).body).toEqual({
      __type: 'IllegalStatusException', message: 'Replay Again is not in a valid state for this operation.'
    })
    expect((await ask('DescribeReplay', {ReplayName: 'Never'})).body).toEqual({__type: 'ResourceNotFoundException', message: 'Replay Never does not exist.'})
  })

  it('continues after a restart and sends every event', async () => {
    const first = bench()
    const before = await serving(first)
    for (let batch = 0; batch < 60; batch += 1) {
      first.events.putEvents(Array.from({length: 10}, (_, n) => entry({n: batch * 10 + n})))
    }
    await settled()
    first.delivered.length = 0
    await before.ask('StartReplay', start())
    await first.events.stop?.()

    const second = bench({db: first.db, clock: first.clock})
    const {ask} = await serving(second)
    await second.events.start?.()
    await second.clock.advance(0)
    await settled(200)
    const numbers = [...first.delivered, ...second.delivered].map(({payload}) => (payload as {detail: {n: number}}).detail.n)
    expect([...new Set(numbers)].length).toBe(600)
    expect((await ask('ListReplays')).body).toEqual({Replays: [{
      ReplayName: 'Again', State: 'COMPLETED', EventSourceArn: ARCHIVE, EventStartTime: seconds - HOUR, EventEndTime: seconds + HOUR,
      EventLastReplayedTime: seconds, ReplayStartTime: seconds, ReplayEndTime: seconds
    }]})
  })

  it('sends 10,000 events within 5 seconds', async () => {
    const work = bench()
    const {ask} = await serving(work)
    for (let batch = 0; batch < 1000; batch += 1) {
      work.events.putEvents(Array.from({length: 10}, () => entry()))
    }
    await settled()
    const from = performance.now()
    const before = work.delivered.length
    await ask('StartReplay', start())
    for (let turn = 0; work.delivered.length < before + 10_000 && turn < 1000; turn += 1) {
      await settled()
    }
    expect(work.delivered.length).toBe(before + 10_000)
    expect(performance.now() - from).toBeLessThan(5000)
  })
})
