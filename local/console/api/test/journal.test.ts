import {afterAll, describe, expect, it} from '@jest/globals'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {openStore} from '../../../runtime/core/store'
import type {Observation} from '../../../runtime/core/types'
import {openJournal} from '../journal'
import {at, delivered, journalOf, logged, said} from './entries'

const folder = mkdtempSync(join(tmpdir(), 'journal-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

describe('The journal', () => {
  it('finds what was recorded a moment ago, newest first, by what it is about', () => {
    const journal = journalOf(said('e-1'), said('e-2', {fileId: 'file-2', correlationId: 'c-2'}), logged('{"fileId": "file-1"}'))
    expect(journal.select({limit: 10}).map(({id}) => id)).toEqual([3, 2, 1])
    expect(journal.select({fileId: 'file-1', limit: 10}).map(({type}) => type)).toEqual(['log', 'event'])
    expect(journal.select({type: ['event'], correlationId: 'c-2', limit: 10}).map(({eventId}) => eventId)).toEqual(['e-2'])
    expect(journal.select({text: '"file-2"', limit: 10}).map(({id}) => id)).toEqual([2])
    expect(journal.count({type: 'event'})).toBe(2)
  })

  it('takes % and _ in a text for themselves', () => {
    const journal = journalOf(said('e-1', {fileId: 'a_b', correlationId: 'c'}), said('e-2', {fileId: 'axb', correlationId: 'c'}))
    expect(journal.select({text: 'a_b', limit: 10}).map(({eventId}) => eventId)).toEqual(['e-1'])
    expect(journal.select({text: '%', limit: 10})).toEqual([])
  })

  it('knows the file of a delivery by its event, and of an invocation by its log lines', () => {
    const invocation: Observation = {type: 'invocation', at, functionName: 'StartFileUpload', requestId: 'r-1', milliseconds: 12}
    const journal = journalOf(said('e-1'), delivered('e-1'), logged('{"fileId": "file-9", "correlationId": "c-9"}'), logged('START'), invocation)
    expect(journal.select({limit: 10, ascending: true}).map(({type, fileId, correlationId}) => [type, fileId, correlationId])).toEqual([
      ['event', 'file-1', 'c-1'], ['delivery', 'file-1', 'c-1'], ['log', 'file-9', 'c-9'], ['log', 'file-9', 'c-9'], ['invocation', 'file-9', 'c-9']
    ])
  })

  it.each([
    ['APNs', {aps: {alert: {title: 't'}}, data: {fileId: 'file-1'}}],
    ['FCM', {fcmV1Message: {message: {notification: {title: 't'}, data: {fileId: 'file-1'}}}}]
  ])('knows the file of a push to %s', (_name, message) => {
    const journal = journalOf({type: 'notification', at, endpointArn: 'arn', platform: 'APNS', userId: 'ann', message})
    expect(journal.select({type: 'notification', fileId: 'file-1', userId: 'ann', limit: 1})).toHaveLength(1)
  })

  it('outlives its process, and gives no id twice', () => {
    const first = openJournal(openStore(join(folder, 'store.sqlite')))
    first.record(said('e-1'))
    first.close()
    first.record(said('too late'))
    const second = openJournal(openStore(join(folder, 'store.sqlite')))
    second.record(said('e-2'))
    expect(second.select({limit: 10, ascending: true}).map(({eventId}) => eventId)).toEqual(['e-1', 'e-2'])
    expect(second.last()).toBeGreaterThan(first.last() + 1000)
  })

  it('keeps the newest of each type, and says what is gone', () => {
    const journal = openJournal(openStore(':memory:'))
    journal.record(said('kept'))
    for (let line = 0; line < 22_002; line++) {
      journal.record(logged('x'))
    }
    expect(journal.count({type: 'log'})).toBeLessThanOrEqual(22_000)
    expect(journal.count({type: 'event'})).toBe(1)
    expect(journal.lostUpTo(['event'])).toBe(0)
    expect(journal.lostUpTo()).toBe(journal.select({type: 'log', limit: 1, ascending: true})[0]!.id - 1)
  })
})
