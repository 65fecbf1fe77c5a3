import {describe, expect, it, jest} from '@jest/globals'
import {realClock} from '../clock'
import {createObserver} from '../observer'
import {openStore, transaction} from '../store'
import type {Observation} from '../types'
import {escapeXml, xmlDocument} from '../xml'

describe('The real clock', () => {
  it('calls back when the time has come, at once if it has passed', async () => {
    const order: string[] = []
    await new Promise<void>((resolve) => {
      realClock.at(Date.now() + 30, () => {
        order.push('later')
        resolve()
      })
      realClock.at(0, () => order.push('past'))
      realClock.at(Date.now() + 10, () => order.push('never'))()
    })
    expect(order).toEqual(['past', 'later'])
  })

  it('waits longer than a timer can', () => {
    jest.useFakeTimers({now: 0})
    const callback = jest.fn()
    realClock.at(60 * 86_400_000, callback)
    jest.advanceTimersByTime(59 * 86_400_000)
    expect(callback).not.toHaveBeenCalled()
    jest.advanceTimersByTime(86_400_000)
    expect(callback).toHaveBeenCalledTimes(1)
    jest.useRealTimers()
  })
})

describe('A transaction', () => {
  const table = () => {
    const db = openStore(':memory:')
    db.exec('CREATE TABLE t (n INTEGER)')
    return {db, add: (n: number) => { db.prepare('INSERT INTO t VALUES (?)').run(n) }, all: () => db.prepare('SELECT n FROM t').all().map(({n}) => n)}
  }

  it('is all or nothing', () => {
    const {db, add, all} = table()
    expect(() => transaction(db, () => {
      add(1)
      throw new Error('in between')
    })).toThrow('in between')
    expect(transaction(db, () => {
      add(2)
      return 'done'
    })).toBe('done')
    expect(all()).toEqual([2])
  })

  it('takes another one in', () => {
    const {db, add, all} = table()
    expect(() => transaction(db, () => {
      transaction(db, () => add(1))
      throw new Error('outside')
    })).toThrow('outside')
    expect(all()).toEqual([])
  })
})

describe('The observer', () => {
  const log = (line: string): Observation => ({type: 'log', at: '', functionName: 'F', line})

  it('tells everybody until they leave, whatever another does', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const {observe, subscribe} = createObserver()
    const seen: Observation[] = []
    subscribe(() => { throw new Error('broken watcher') })
    const leave = subscribe((observation) => seen.push(observation))
    observe(log('one'))
    leave()
    observe(log('two'))
    expect([seen, warn.mock.calls.length]).toEqual([[log('one')], 2])
    warn.mockRestore()
  })
})

describe('XML', () => {
  it('escapes what it must, and leaves absent values out', () => {
    expect(escapeXml('a<b>&"c"\'\r')).toBe('a&lt;b&gt;&amp;&quot;c&quot;&apos;&#13;')
    expect(xmlDocument('R', 'urn:n', {A: 1, B: [{C: true}, {C: 'x&y'}], D: undefined, E: null, F: []}))
      .toBe('<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="urn:n"><A>1</A><B><C>true</C></B><B><C>x&amp;y</C></B></R>')
  })
})
