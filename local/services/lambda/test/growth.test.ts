import {describe, expect, it} from '@jest/globals'
import {wantedMilliseconds, watchCpus} from '../demand'
import {createGrowth} from '../growth'

const clock = () => {
  let at = 0
  return {now: () => at, pass: (milliseconds: number) => { at += milliseconds }}
}

const busy = {take: () => false}

describe('One more sandbox', () => {
  it('is worth it while a CPU is idle', () => {
    expect(createGrowth({take: () => true}).isWorthIt([0])).toBe(true)
  })

  it('is not worth it while the others use all CPUs', () => {
    const {now, pass} = clock()
    const growth = createGrowth(busy, now)
    const answers = Array.from({length: 20}, (_, look) => {
      pass(50)
      return growth.isWorthIt([look * 50, look * 50])
    })
    expect(answers).not.toContain(true)
  })

  it('is worth it after a while if the others wait for something else, or a nested call would wait for ever', () => {
    const {now, pass} = clock()
    const growth = createGrowth(busy, now)
    const answers = Array.from({length: 7}, () => {
      pass(50)
      return growth.isWorthIt([1000, 20])
    })
    expect(answers).toEqual([false, false, false, false, false, true, true])
  })

  it('is judged from the start once one more runs', () => {
    const {now, pass} = clock()
    const growth = createGrowth(busy, now)
    growth.isWorthIt([0])
    pass(300)
    expect(growth.isWorthIt([0])).toBe(true)
    expect(growth.isWorthIt([0, 0])).toBe(false)
  })

  it('is worth it after a while on a system that tells no one what a process wants', () => {
    const {now, pass} = clock()
    const growth = createGrowth(busy, now)
    growth.isWorthIt([NaN])
    pass(300)
    expect(growth.isWorthIt([NaN])).toBe(true)
  })
})

describe('Idle CPUs', () => {
  it('are given away once each, until they are seen again', () => {
    const samples = [[0, 0], [100, 160], [110, 161], [120, 162], [300, 163]]
      .map(([at, idleMilliseconds]) => ({at: at!, idleMilliseconds: idleMilliseconds!}))
    const cpus = watchCpus(() => samples.shift()!)
    expect([cpus.take(), cpus.take(), cpus.take(), cpus.take()]).toEqual([true, true, false, false])
  })

  it('are told of what a process wants: more with each moment that it works', () => {
    const before = wantedMilliseconds(process.pid)
    const until = performance.now() + 60
    while (performance.now() < until) {
      // Work.
    }
    const after = wantedMilliseconds(process.pid)
    expect(Number.isNaN(after) || after - before > 20).toBe(true)
  })
})
