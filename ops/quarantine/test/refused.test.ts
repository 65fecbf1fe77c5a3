import {describe, expect, it} from '@jest/globals'
import {chosen, refusedIn} from '../refused'
import {envelope, letter} from './sample'

describe('refusedIn', () => {
  it('tells an event with its reason, the version of its contract and the envelope as it was', () => {
    const one = letter('1', {payload: {...envelope(), account: '123456789012'}})
    expect(refusedIn([one])).toEqual([{
      id: 'event-1', event: 'FileSampled', since: one.since, consumers: ['MeasureFile'], error: 'InvalidEventError', reason: one.reason,
      readBy: '0123456789ab', envelope: one.payload, letters: [one]
    }])
  })

  it('shows an event once, whichever function refused it and however often', () => {
    const letters = [letter('1', {since: '2025-11-23T10:00:01.000Z'}), letter('2', {from: 'CountFile', queue: 'CountFile-failed'}), letter('3')]
    expect(refusedIn(letters).map(({id, consumers, since, letters: all}) => ({id, consumers, since, count: all.length})))
      .toEqual([{id: 'event-1', consumers: ['CountFile', 'MeasureFile'], since: '2025-11-23T10:00:00.000Z', count: 3}])
  })

  it('knows a fix, and since when the event was there before it', () => {
    const fix = {detail: {fileId: 'abc', size: 7}, since: '2025-11-22T00:00:00.000Z'}
    expect(refusedIn([letter('1', {fix})])).toMatchObject([{fixed: fix.detail, since: fix.since}])
  })

  it('has the oldest first', () => {
    const other = letter('2', {payload: envelope({id: 'event-0'}), reason: 'Expected the detail-type FileMeasured; event event-0 has \'FileSampled\'.', error: 'UnknownEventError', since: '2025-11-23T09:00:00.000Z'})
    expect(refusedIn([letter('1'), other]).map(({id}) => id)).toEqual(['event-0', 'event-1'])
  })

  it.each([
    ['failed for another reason', letter('1', {error: 'PushFailedError'})],
    ['made an event that does not fit', letter('1', {reason: 'FileMeasured of file abc does not fit the contract FileMeasured version 0123456789ab: detail.size must be integer.'})],
    ['got no event', letter('1', {payload: {Records: []}, reason: 'Expected a bucket notification with Records, each with s3.object.key.'})],
    ['got nothing', letter('1', {payload: undefined})]
  ])('leaves a letter of a function that %s to others', (_what, one) => {
    expect(refusedIn([one])).toEqual([])
  })
})

describe('chosen', () => {
  const all = refusedIn(['a1', 'a2', 'b1'].map((id) => letter(id, {payload: envelope({id}), reason: `Event ${id} does not fit.`})))

  it('finds events by how their id begins, in the order asked', () => {
    expect(chosen(all, ['b', 'a1']).map(({id}) => id)).toEqual(['b1', 'a1'])
  })

  it.each([['a', 'several'], ['c', 'none']])('refuses %s, which is the id of %s', (id, count) => {
    expect(() => chosen(all, [id])).toThrow(`Expected the id of an event in quarantine, or how it begins; '${id}' is that of ${count}.`)
  })
})
