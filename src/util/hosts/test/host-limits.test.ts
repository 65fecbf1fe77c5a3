import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {type Ask, decide, type HostLimits, type HostState, isOneAtATime, openUntil, untouched} from '../host-limits'

const start = Date.parse('2025-11-23T10:00:00.000Z')
const at = (milliseconds: number): string => new Date(start + milliseconds).toISOString()
const ask = (id: string, user: string, now: number, life = 60_000): Ask => ({id, user, until: at(now + life)})
const unhurried = (concurrency: number): HostLimits => ({concurrency, perSecond: 1000})

/** The state once everybody has asked, in order, each for a place of their own. */
const afterAsking = (users: readonly string[], limits: HostLimits, now = 0, before: HostState = untouched): HostState =>
  users.reduce((state, user, index) => decide(state, ask(`${user}-${now}-${index}`, user, now), limits, at(now)).state, before)
const held = ({leases}: HostState): string[] => Object.values(leases).map(({user}) => user).sort()

describe('A host', () => {
  it('gives as many places as it has, all of them to one user where no one else wants one', () => {
    expect(held(afterAsking(Array.from({length: 9}, () => 'ann'), unhurried(4)))).toEqual(['ann', 'ann', 'ann', 'ann'])
  })

  it('gives the next free places to who waits, not to who has more than their part', () => {
    const limits = unhurried(4)
    const full = afterAsking(['ann', 'ann', 'ann', 'ann', 'ben'], limits)
    const {leases: {'ann-0-0': _first, 'ann-0-1': _second, ...leases}} = full
    const freed = afterAsking(['ann', 'ben', 'ann', 'ben', 'ben'], limits, 1000, {...full, leases})
    expect(held(freed)).toEqual(['ann', 'ann', 'ben', 'ben'])
  })

  it('takes back the place of a dead worker when it ends, and at once where the same work is tried again', () => {
    const full = afterAsking(['ann', 'ann'], unhurried(2))
    expect(decide(full, ask('ann-0-0', 'ann', 10), unhurried(2), at(10))).toMatchObject({granted: true})
    expect(decide(full, ask('other', 'ann', 59_999), unhurried(2), at(59_999))).toMatchObject({granted: false, reason: 'busy'})
    expect(decide(full, ask('other', 'ann', 60_000), unhurried(2), at(60_000))).toMatchObject({granted: true})
  })

  it('lets as many begin at once as it has places, then one after another', () => {
    const limits = {concurrency: 3, perSecond: 2}
    const begun = afterAsking(['ann', 'ben', 'eve'], limits)
    const free = {...begun, leases: {}}
    expect(decide(free, ask('next', 'ann', 1), limits, at(1))).toMatchObject({granted: false, reason: 'rate', at: at(500)})
    expect(decide(free, ask('next', 'ann', 500), limits, at(500))).toMatchObject({granted: true})
  })

  it('that takes one connection at a time gets one, until that is forgotten', () => {
    const one: HostState = {...untouched, most: 1, mostUntil: at(5_000)}
    const taken = decide(one, ask('a', 'ann', 0), unhurried(4), at(0)).state
    expect(decide(taken, ask('b', 'ben', 4_999), unhurried(4), at(4_999))).toMatchObject({granted: false, reason: 'busy'})
    expect(decide(taken, ask('b', 'ben', 5_000), unhurried(4), at(5_000))).toMatchObject({granted: true})
    expect([isOneAtATime(taken, at(4_999)), isOneAtATime(taken, at(5_000)), isOneAtATime(untouched, at(0))]).toEqual([true, false, false])
  })

  it('remembers who waits without being written each time that they ask', () => {
    const full = afterAsking(['ann', 'ben'], unhurried(1))
    expect(decide(full, ask('b', 'ben', 29_999), unhurried(1), at(29_999)).state).toBe(full)
    expect(decide(full, ask('b', 'ben', 30_001), unhurried(1), at(30_001)).state.waiting).toEqual({ben: at(90_001)})
  })

  it('is left alone while its circuit is open, then tried by one', () => {
    const open: HostState = {...untouched, openUntil: at(30_000), opened: 1}
    expect(decide(open, ask('a', 'ann', 29_999), unhurried(4), at(29_999))).toEqual({granted: false, reason: 'open', at: at(30_000), state: open})
    const {state, granted} = decide(open, ask('a', 'ann', 30_000), unhurried(4), at(30_000))
    expect([granted, state.probe]).toEqual([true, 'a'])
    expect(decide(state, ask('b', 'ben', 30_001), unhurried(4), at(30_001))).toMatchObject({granted: false, reason: 'open'})
    // A probe whose worker died does not keep the circuit open for ever.
    expect(decide(state, ask('b', 'ben', 90_000), unhurried(4), at(90_000))).toMatchObject({granted: true, state: {probe: 'b'}})
  })

  it('is left alone twice as long each time, up to half an hour, or as long as it says', () => {
    expect([0, 1, 2, 6, 60].map((opened) => openUntil(opened, at(0)))).toEqual([30_000, 60_000, 120_000, 1_800_000, 1_800_000].map(at))
    expect(openUntil(3, at(0), at(7_000))).toBe(at(7_000))
  })
})

interface Step {
  readonly user: string
  readonly wait: number
  readonly life: number
  readonly ends: number
}

const steps = fc.array(fc.record<Step>({
  user: fc.constantFrom('ann', 'ben', 'eve'), wait: fc.integer({min: 0, max: 400}), life: fc.integer({min: 1, max: 3000}), ends: fc.integer({min: 0, max: 3})
}), {minLength: 1, maxLength: 120})
const anyLimits = fc.record<HostLimits>({concurrency: fc.integer({min: 1, max: 6}), perSecond: fc.integer({min: 1, max: 20})})

describe('Whatever workers ask for', () => {
  it('never more of them are connected than the limit, nor more begun than the rate allows', () => {
    fc.assert(fc.property(steps, anyLimits, (all, limits) => {
      let state = untouched
      let now = 0
      const alive = new Map<string, number>()
      const begun: number[] = []
      for (const [index, {user, wait, life, ends}] of all.entries()) {
        now += wait
        const decision = decide(state, ask(String(index), user, now, life), limits, at(now))
        state = decision.state
        if (decision.granted) {
          alive.set(String(index), now + life)
          begun.push(now)
        }
        const connected = [...alive].filter(([, until]) => until > now)
        expect(connected.length).toBeLessThanOrEqual(limits.concurrency)
        // Some end in order; the others die, and their places end with them.
        for (const [id] of connected.slice(0, ends)) {
          const {[id]: _ended, ...leases} = state.leases
          state = {...state, leases}
          alive.delete(id)
        }
      }
      for (const [first, from] of begun.entries()) {
        const within = begun.slice(first).filter((time) => time < from + 1000).length
        expect(within).toBeLessThanOrEqual(limits.concurrency + limits.perSecond)
      }
    }), {numRuns: 300})
  })

  it('a user who waits gets a place before one with two hundred URLs gets more than their part', () => {
    fc.assert(fc.property(fc.integer({min: 2, max: 8}), fc.integer({min: 1, max: 5}), (concurrency, turns) => {
      const limits = unhurried(concurrency)
      let state = afterAsking(Array.from({length: 200}, () => 'greedy'), limits)
      const before = held(state)
      expect(before).toHaveLength(concurrency)
      for (let turn = 1; turn <= turns; turn++) {
        state = afterAsking(['modest'], limits, turn * 1000, state)
        const [ended] = Object.entries(state.leases).filter(([, {user}]) => user === 'greedy').map(([id]) => id)
        const {[ended ?? '']: _ended, ...leases} = state.leases
        state = afterAsking(['greedy', 'modest'], limits, turn * 1000 + 500, {...state, leases})
      }
      const modest = held(state).filter((user) => user === 'modest').length
      expect(modest).toBeGreaterThanOrEqual(Math.min(turns, Math.floor(concurrency / 2)))
    }))
  })
})
