import {expect, it} from '@jest/globals'
import {borrowBuffer, returnBuffer} from '../buffers'

it('Memory is used again where it is large enough, by one at a time', () => {
  const first = borrowBuffer(1000)
  returnBuffer(first)
  const again = borrowBuffer(900)
  const second = borrowBuffer(900)
  expect([again.buffer === first.buffer, again.length, second.buffer === first.buffer, second.length]).toEqual([true, 900, false, 900])
  returnBuffer(again)
  const larger = borrowBuffer(1001)
  const whole = borrowBuffer(1000)
  expect([larger.buffer === first.buffer, whole.buffer === first.buffer, whole.length]).toEqual([false, true, 1000])
})

it('No more than four wait', () => {
  const buffers = Array.from({length: 6}, () => borrowBuffer(5000))
  buffers.forEach(returnBuffer)
  const memory = new Set(buffers.map(({buffer}) => buffer))
  const again = Array.from({length: 6}, () => borrowBuffer(5000)).filter(({buffer}) => memory.has(buffer))
  expect(again.length).toBe(4)
})
