import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {bytesOfPart, countParts, listPartNumbers, planTransfer, listRanges, type TransferPlan} from '../transfer-plan'

const mebibyte = 1024 ** 2
const gibibyte = 1024 ** 3
const tebibyte = 1024 ** 4

const edges = fc.tuple(fc.constantFrom(8 * mebibyte, 64 * mebibyte, gibibyte, 3000 * 8 * mebibyte, tebibyte), fc.integer({min: -1, max: 1}))
const sizes = fc.oneof(
  fc.integer({min: 1, max: 64 * mebibyte}), fc.maxSafeInteger().map((any) => 1 + Math.abs(any) % tebibyte),
  edges.map(([edge, by]) => Math.min(tebibyte, edge + by)))
const plans = fc.tuple(sizes, fc.constantFrom(8 * mebibyte, 20_000_000, 64 * mebibyte)).map(([size, rangeBytes]) => planTransfer(size, rangeBytes))

const holds = (property: (plan: TransferPlan) => void): void => fc.assert(fc.property(plans, property), {numRuns: 2_000})

test('a range has all part numbers from its first to its last', () => {
  expect(listPartNumbers({firstPart: 3, lastPart: 5})).toEqual([3, 4, 5])
})

describe('a plan for any file of 1 byte to 1 TiB', () => {
  test('covers each byte once, in order', () => holds((plan) => {
    const ranges = listRanges(plan)
    expect(ranges[0]!.firstPart).toBe(1)
    expect(ranges.every(({firstPart}, index) => index === 0 || firstPart === ranges[index - 1]!.lastPart + 1)).toBe(true)
    expect(ranges.at(-1)!.lastPart).toBe(countParts(plan))
    const parts = [1, 2, Math.ceil(countParts(plan) / 2), countParts(plan)].filter((part) => part <= countParts(plan))
    for (const part of parts) {
      expect(bytesOfPart(plan, part).start).toBe(part === 1 ? 0 : bytesOfPart(plan, part - 1).end)
    }
    expect(bytesOfPart(plan, countParts(plan)).end).toBe(plan.size)
  }))

  test('has parts that S3 takes', () => holds((plan) => {
    const last = bytesOfPart(plan, countParts(plan))
    expect(plan.partBytes).toBeGreaterThanOrEqual(5 * mebibyte)
    expect(plan.partBytes).toBeLessThanOrEqual(5 * gibibyte)
    expect(last.end - last.start).toBeGreaterThan(0)
    expect(countParts(plan)).toBeLessThanOrEqual(10_000)
  }))

  test('has a list of parts and ranges that fits into the 256 KiB of a state', () => holds((plan) => {
    const ranges = listRanges(plan)
    const part = {PartNumber: countParts(plan), ETag: `"${'f'.repeat(32)}"`}
    const bytes = countParts(plan) * (JSON.stringify(part).length + 1) + JSON.stringify(ranges).length
    expect(bytes).toBeLessThan(256 * 1024 - 20_000)
    expect(Math.max(...ranges.map((range) => listPartNumbers(range).length * (JSON.stringify(part).length + 1)))).toBeLessThan(3_216)
  }))

  test('has an execution of less than 25,000 events, every retry of every range and thirty waits included', () => holds((plan) => {
    const ranges = listRanges(plan).length
    const [perRange, perRetry, retries, waits, perWait] = [7, 3, 6 + 5 + 30 + 5, 30, 18]
    expect(ranges).toBeLessThanOrEqual(64)
    expect(ranges * (perRange + perRetry * retries) + waits * (ranges * perRange + perWait)).toBeLessThan(25_000)
  }))
})

describe('a plan', () => {
  test.each([
    ['40 MiB in ranges of 8', 40 * mebibyte, 8 * mebibyte, {partBytes: 8 * mebibyte, rangeParts: 1}, 5],
    ['128 MiB', 128 * mebibyte, 64 * mebibyte, {partBytes: 8 * mebibyte, rangeParts: 8}, 2],
    ['1 GiB', gibibyte, 64 * mebibyte, {partBytes: 8 * mebibyte, rangeParts: 8}, 16],
    ['5 GiB', 5 * gibibyte, 64 * mebibyte, {partBytes: 8 * mebibyte, rangeParts: 10}, 64],
    ['1 TiB', tebibyte, 64 * mebibyte, {partBytes: 350 * mebibyte, rangeParts: 47}, 64]
  ])('for %s', (_what, size, rangeBytes, cut, ranges) => {
    const plan = planTransfer(size, rangeBytes)
    expect([plan, listRanges(plan).length]).toEqual([{size, ...cut}, ranges])
  })
})
