import {describe, expect, it} from '@jest/globals'
import type {File} from '../api'
import {createPace, duration} from '../pace'

const file: File = {
  fileId: 'url-1', status: 'Downloading', title: null, size: 10_000, bytesDone: 1_000, speed: null, secondsLeft: null, downloadUrl: null, error: null
}

describe('The pace of a download', () => {
  const seen = (...looks: ReadonlyArray<readonly [seconds: number, more: Partial<File>]>): ReadonlyArray<readonly [number | null, number | null]> => {
    let now = 0
    const paced = createPace(() => now)
    return looks.map(([seconds, more]) => {
      now = seconds * 1000
      const {speed, secondsLeft} = paced({...file, ...more})
      return [speed, secondsLeft]
    })
  }

  it('is what came since it began to show, once that is a second ago', () => {
    expect(seen([5, {}], [5.9, {bytesDone: 1_500}], [7, {bytesDone: 2_000}], [9, {bytesDone: 5_000}]))
      .toEqual([[null, null], [null, null], [500, 16], [1_000, 5]])
  })

  it('is the workers\' own as long as nothing else is known', () => {
    const told = {speed: 7, secondsLeft: 9}
    expect(seen([5, told], [8, told], [9, {...told, bytesDone: 5_000}])).toEqual([[7, 9], [7, 9], [1_000, 5]])
  })

  it('is that of the last ten seconds', () => {
    const done = [[0, 1_000], [2, 5_000], [6, 5_400], [11, 5_900], [12.5, 6_050], [15, 6_300]] as const
    expect(seen(...done.map(([at, bytesDone]) => [at, {bytesDone}] as const)).map(([speed]) => speed)).toEqual([null, 2_000, 733, 445, 100, 100])
  })

  it('begins again with the download', () => {
    expect(seen([0, {}], [2, {bytesDone: 5_000}], [3, {status: 'Scheduled'}], [4, {}], [6, {bytesDone: 1_400}]).at(-1)).toEqual([200, 43])
  })

  it('is not known where nothing came, nor before it began or after it is over', () => {
    expect(seen([0, {status: 'Requested', bytesDone: 0}], [5, {}], [8, {}], [9, {status: 'Downloaded', bytesDone: 10_000}])).toEqual(Array(4).fill([null, null]))
  })

  it('leaves open how long a file of unknown size takes', () => {
    expect(seen([0, {size: null}], [2, {size: null, bytesDone: 2_000}])).toEqual([[null, null], [500, null]])
  })
})

/** What a screen shows of a transfer that is seen once a second: how far its time left is from the truth, as a factor, from a moment on. */
const worstFactor = (size: number, bytesAt: (seconds: number) => number, whole: number, from: number): number => {
  let now = 0
  const paced = createPace(() => now)
  const factors: number[] = []
  for (let second = 0; second < whole - 3; second++) {
    now = second * 1000
    const {secondsLeft} = paced({...file, size, bytesDone: Math.min(size, Math.floor(bytesAt(second)))})
    const truth = whole - second
    if (second >= from && secondsLeft !== null) {
      factors.push(Math.max(secondsLeft / truth, truth / Math.max(secondsLeft, 0.1)))
    }
  }
  expect(factors.length).toBeGreaterThan(10)
  return Math.max(...factors)
}

describe('The time left of a steady transfer is within a factor of 1.5 of the truth', () => {
  const mebibyte = 1024 ** 2
  const inSteps = (bytes: number, every: number) => (seconds: number): number => Math.floor(seconds / every) * bytes

  it.each([
    ['that comes evenly', 100 * mebibyte, (seconds: number) => seconds * mebibyte, 100, 5],
    ['in parts of 8 MiB, one every 6 s', 160 * mebibyte, inSteps(8 * mebibyte, 6), 120, 7],
    ['in three parts at once, every 7 s', 480 * mebibyte, inSteps(24 * mebibyte, 7), 140, 8],
    ['in parts of 8 MiB, one every 2.4 s', 160 * mebibyte, inSteps(8 * mebibyte, 2.4), 48, 5],
    ['that swings by a third', 100 * mebibyte, (seconds: number) => seconds * mebibyte + Math.sin(seconds) * mebibyte / 3, 100, 5],
    ['whose first two seconds were slow', 98 * mebibyte, (seconds: number) => seconds < 2 ? seconds * 1000 : (seconds - 2) * mebibyte, 100, 15]
  ])('%s', (_, size, bytesAt, whole, from) => {
    expect(worstFactor(size, bytesAt, whole, from)).toBeLessThan(1.5)
  })

  it('and goes up while nothing comes', () => {
    let now = 0
    const paced = createPace(() => now)
    const left = Array.from({length: 40}, (_, second) => {
      now = second * 1000
      return paced({...file, size: 100_000, bytesDone: Math.min(second, 10) * 1_000}).secondsLeft
    })
    expect(left[10]).toBe(90)
    expect(left[39]!).toBeGreaterThan(300)
  })
})

it.each([[0.2, '1 s'], [59, '59 s'], [59.5, '1 min'], [61, '2 min'], [3_541, '1 h'], [7_201, '3 h']])('%d seconds are said as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})
