import {describe, expect, it} from '@jest/globals'
import {ServiceError} from '../../../runtime/core/errors'
import {bench, BUS, entry, envelope, FUNCTION} from './bus'
import {settled} from './manual-clock'

const errorOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error instanceof ServiceError ? [error.code, error.message] : error
  }
}

const refused = (ErrorCode: string, ErrorMessage: string) => ({FailedEntryCount: 1, Entries: [{ErrorCode, ErrorMessage}]})
const accepted = (...ids: string[]) => ({FailedEntryCount: 0, Entries: ids.map((EventId) => ({EventId}))})

describe('PutEvents', () => {
  it('gives each entry an id and brings its envelope to the target', async () => {
    const {events, delivered} = bench()
    expect(events.putEvents([entry(), entry({n: 2}, {Time: 1_700_000_000, Resources: ['a', 'b'], TraceHeader: 'Root=1-2-3', EventBusName: BUS})])).toEqual(accepted('event-1', 'event-2'))
    await settled()
    expect(delivered).toEqual([
      {target: {arn: FUNCTION, eventId: 'event-1'}, payload: envelope('event-1')},
      {target: {arn: FUNCTION, eventId: 'event-2'}, payload: envelope('event-2', {n: 2}, {time: '2023-11-14T22:13:20Z', resources: ['a', 'b']})}
    ])
  })

  it('writes the members of the envelope in the order of AWS', async () => {
    const {events, observed} = bench()
    events.putEvents([entry()])
    expect(observed.map((observation) => observation.type === 'event' && JSON.stringify(observation.event))).toEqual([
      '{"version":"0","id":"event-1","detail-type":"Order","source":"shop","account":"123456789012","time":"2026-11-24T12:00:00Z","region":"us-west-2","resources":[],"detail":{"n":1}}'
    ])
  })

  it('has accepted events in the store before it answers', () => {
    const {events, db} = bench()
    events.putEvents([entry(), entry()])
    expect(db.prepare('SELECT count(*) AS n FROM events_deliveries').get()).toEqual({n: 2})
    expect(db.prepare('SELECT count(*) AS n FROM events_archived').get()).toEqual({n: 2})
  })

  it('forgets a delivery once it is done', async () => {
    const {events, db} = bench()
    events.putEvents([entry()])
    await settled()
    expect(db.prepare('SELECT count(*) AS n FROM events_deliveries').get()).toEqual({n: 0})
  })

  it.each([
    ['aws.ec2 as source', {Source: 'aws.ec2'}, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
    ['no source', {Source: undefined}, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    ['an empty source', {Source: ''}, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    ['no detail-type', {DetailType: undefined}, 'InvalidArgument', 'Parameter DetailType is not valid. Reason: DetailType is a required argument.'],
    ['no detail', {Detail: undefined}, 'InvalidArgument', 'Parameter Detail is not valid. Reason: Detail is a required argument.'],
    ['a long detail-type', {DetailType: 'x'.repeat(129)}, 'InvalidArgument', 'Parameter DetailType is not valid. Reason: DetailType is longer than 128 characters.'],
    ['a text as detail', {Detail: '"text"'}, 'MalformedDetail', 'Detail is malformed.'],
    ['a list as detail', {Detail: '[1]'}, 'MalformedDetail', 'Detail is malformed.'],
    ['no JSON as detail', {Detail: '{"a":'}, 'MalformedDetail', 'Detail is malformed.'],
    ['null as detail', {Detail: 'null'}, 'MalformedDetail', 'Detail is malformed.'],
    ['a detail of 1,002 levels', {Detail: '{"a":'.repeat(1001) + '{}' + '}'.repeat(1001)}, 'MalformedDetail', 'Detail is malformed.']
  ])('answers 200 with a failed entry for %s', (_name, more, code, message) => {
    expect(bench().events.putEvents([entry({}, more)])).toEqual(refused(code, message))
  })

  it('takes the good entries of a request and refuses the bad ones, in their places', async () => {
    const {events, delivered} = bench()
    expect(events.putEvents([entry({n: 1}), entry({n: 2}, {Source: 'aws.shop'}), entry({n: 3})])).toEqual({
      FailedEntryCount: 1,
      Entries: [{EventId: 'event-1'}, {ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.'}, {EventId: 'event-3'}]
    })
    await settled()
    expect(delivered.map(({payload}) => (payload as {detail: unknown}).detail)).toEqual([{n: 1}, {n: 3}])
  })

  it('accepts a source that only looks like one of AWS', () => {
    expect(bench().events.putEvents([entry({}, {Source: 'awsome.shop'}), entry({}, {Source: 'aws'})])).toEqual(accepted('event-1', 'event-2'))
  })

  it('swallows events for an unknown bus with a 200', async () => {
    const {events, delivered} = bench()
    expect(events.putEvents([entry({}, {EventBusName: 'Misspelt'})])).toEqual(accepted('event-1'))
    await settled()
    expect(delivered).toEqual([])
  })

  it('takes the default bus where none is named', async () => {
    const {events, delivered} = bench()
    events.putEvents([entry({}, {EventBusName: undefined})])
    await settled()
    expect(delivered).toEqual([])
  })

  it('refuses more than ten entries and none at all', () => {
    const shown = 'PutEventsRequestEntry(time=null, source=shop, resources=null, detailType=Order, detail={"n":1}, eventBusName=Bus, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)'
    expect(errorOf(() => bench().events.putEvents(Array.from({length: 11}, () => entry())))).toEqual(['ValidationException',
      `1 validation error detected: Value '[${Array(11).fill(shown).join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`])
    expect(errorOf(() => bench().events.putEvents([]))).toEqual(['ValidationException',
      '1 validation error detected: Value \'[]\' at \'entries\' failed to satisfy constraint: Member must have length greater than or equal to 1'])
  })

  it('refuses a bus name that none can have', () => {
    expect(errorOf(() => bench().events.putEvents([entry(), entry({}, {EventBusName: 'a b'})]))).toEqual(['ValidationException',
      expect.stringContaining('Value \'a b\' at \'entries.2.member.eventBusName\' failed to satisfy constraint: Member must satisfy regular expression pattern')])
  })

  it('refuses 1 MiB in total and takes one byte less: bytes of source, detail-type, detail and resources, 14 for the time', () => {
    const sized = (bytes: number) => entry({}, {Source: 's', DetailType: 'ü', Time: 1, Resources: ['rr'], Detail: JSON.stringify({x: 'y'.repeat(bytes - 1 - 2 - 14 - 2 - 8)})})
    expect(errorOf(() => bench().events.putEvents([sized(1024 * 1024)]))).toEqual(['ValidationException', 'Total size of the entries in the request is over the limit.'])
    expect(bench().events.putEvents([sized(1024 * 1024 - 1)])).toEqual(accepted('event-1'))
    expect(errorOf(() => bench().events.putEvents([sized(600_000), sized(600_000)]))).toEqual(['ValidationException', 'Total size of the entries in the request is over the limit.'])
  })
})
