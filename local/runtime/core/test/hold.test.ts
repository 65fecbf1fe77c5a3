import {setTimeout as sleep} from 'node:timers/promises'
import {describe, expect, it} from '@jest/globals'
import {countdown, neverHeld} from '../hold'
import {manualHold} from './manual-hold'

describe('countdown', () => {
  it('ends after its time', async () => {
    let isOver = false
    countdown(50, neverHeld, () => { isOver = true })
    await sleep(20)
    expect(isOver).toBe(false)
    await sleep(60)
    expect(isOver).toBe(true)
  })

  it('does not count what is held, and has the rest of its time after that', async () => {
    const hold = manualHold()
    let isOver = false
    const {leftMilliseconds} = countdown(200, hold, () => { isOver = true })
    hold.set(true)
    await sleep(400)
    expect(isOver).toBe(false)
    expect(leftMilliseconds()).toBeGreaterThan(150)
    hold.set(false)
    await sleep(100)
    expect(isOver).toBe(false)
    await sleep(250)
    expect(isOver).toBe(true)
  })

  it('ends no more once it is stopped', async () => {
    let isOver = false
    countdown(20, neverHeld, () => { isOver = true }).stop()
    await sleep(50)
    expect(isOver).toBe(false)
  })
})
