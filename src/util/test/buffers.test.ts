import {expect, it} from '@jest/globals'
import {borrowBuffer, returnBuffer} from '../buffers'

it('A buffer is used again where it is large enough, by one at a time', () => {
  const first = borrowBuffer(1000)
  returnBuffer(first)
  const again = borrowBuffer(900)
  const second = borrowBuffer(900)
  expect([again, again.length, second === first, second.length]).toEqual([first, 1000, false, 900])
  returnBuffer(again)
  const larger = borrowBuffer(1001)
  expect([larger === first, larger.length]).toEqual([false, 1001])
})

it('No more than four wait', () => {
  const buffers = Array.from({length: 6}, () => borrowBuffer(5000))
  buffers.forEach(returnBuffer)
  const waiting = Array.from({length: 6}, () => borrowBuffer(5000)).filter((buffer) => buffers.includes(buffer))
  expect(waiting.length).toBe(4)
})
