import {DatabaseSync} from 'node:sqlite'
import {setTimeout as sleep} from 'node:timers/promises'
import {describe, expect, it} from '@jest/globals'
import {createTime} from '../time'
import {type VirtualClock, virtualClock} from '../virtual-clock'

const start = Date.parse('2026-11-01T00:00:00Z')
const hour = 3_600_000

/** What the clock called back, and when it said so. */
const noted = (clock: VirtualClock) => {
  const notes: string[] = []
  const note = (name: string) => (): void => { notes.push(`${name} +${(clock.now() - start) / 1000} s`) }
  return {notes, note}
}

describe('The virtual clock', () => {
  it('goes to each moment in turn, and calls in the order of time, then of coming', async () => {
    const clock = virtualClock({start})
    const {notes, note} = noted(clock)
    clock.at(start + 2000, note('late'))
    clock.at(start + 1000, note('early'))
    clock.at(start + 1000, note('second'))
    await clock.rest()
    expect(notes).toEqual(['early +1 s', 'second +1 s', 'late +2 s'])
  })

  it('stands still while something is under way', async () => {
    const clock = virtualClock({start})
    const {notes, note} = noted(clock)
    const work = clock.during(sleep(30)).then(note('work'))
    clock.at(start + 1000, note('timer'))
    await Promise.all([work, clock.rest()])
    expect(notes).toEqual(['work +0 s', 'timer +1 s'])
  })

  it('calls what is due beside what is under way', async () => {
    const clock = virtualClock({start})
    const {notes, note} = noted(clock)
    const work = clock.during(sleep(30)).then(note('work'))
    clock.at(start, note('due'))
    await work
    expect(notes).toEqual(['due +0 s', 'work +0 s'])
  })

  it('waits for what a timer began', async () => {
    const clock = virtualClock({start})
    const {notes, note} = noted(clock)
    clock.at(start + 1000, async () => {
      await sleep(20)
      note('first')()
    })
    clock.at(start + 2000, note('second'))
    await clock.rest()
    expect(notes).toEqual(['first +1 s', 'second +2 s'])
  })

  it('does not pass for housekeeping alone, which falls due on the way of work', async () => {
    const clock = virtualClock({start})
    const {notes, note} = noted(clock)
    const sweep = (): void => {
      note('sweep')()
      clock.at(clock.now() + hour, sweep, 'housekeeping')
    }
    clock.at(start + hour, sweep, 'housekeeping')
    await clock.rest()
    expect(clock.now()).toBe(start)
    clock.at(start + 2.5 * hour, note('work'))
    await clock.rest()
    expect(notes).toEqual(['sweep +3600 s', 'sweep +7200 s', 'work +9000 s'])
  })

  it('goes in manual mode only as far as it is told', async () => {
    const clock = virtualClock({start, mode: 'manual'})
    const {notes, note} = noted(clock)
    clock.at(start + 1000, note('one'))
    clock.at(start + 3000, note('three'))
    await sleep(20)
    expect(notes).toEqual([])
    await clock.advanceTo(start + 2000)
    expect([clock.now() - start, notes]).toEqual([2000, ['one +1 s']])
    expect(clock.waiting()).toEqual([start + 3000])
    clock.setMode('auto')
    await clock.rest()
    expect(notes).toEqual(['one +1 s', 'three +3 s'])
  })

  it('forgets what is cancelled, and everything once it is stopped', async () => {
    const clock = virtualClock({start})
    const {notes, note} = noted(clock)
    clock.at(start + 1000, note('cancelled'))()
    clock.at(start + 2000, () => clock.stop())
    clock.at(start + 3000, note('stopped'))
    await clock.rest()
    expect([clock.now() - start, notes]).toEqual([2000, []])
  })

  it('has the same chance for the same seed', () => {
    const [one, same, other] = [7, 7, 8].map((seed) => virtualClock({seed, start}))
    const numbers = Array.from({length: 5}, () => one!.random())
    expect(Array.from({length: 5}, () => same!.random())).toEqual(numbers)
    expect(Array.from({length: 5}, () => other!.random())).not.toEqual(numbers)
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  })

  it('continues where an earlier runtime on the same data left it', async () => {
    const db = new DatabaseSync(':memory:')
    const first = virtualClock({start, mode: 'manual'})
    createTime(db, first)
    await first.advanceTo(start + 24 * hour)
    const second = virtualClock({start})
    expect(createTime(db, second).clock.now()).toBe(start + 24 * hour)
  })
})
