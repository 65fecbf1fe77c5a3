import {describe, expect, it} from '@jest/globals'
import {isTooFar} from '../keep-looked'

const mebibyte = 1024 ** 2

describe('The end of a file that a look brings', () => {
  it.each([
    ['its pace says more than the time', {bytes: mebibyte, milliseconds: 2_000, size: 40 * mebibyte}],
    ['it slows down before half of it is there', {bytes: 15 * mebibyte, milliseconds: 25_000, size: 40 * mebibyte}],
    ['no one knows where it is, and much has come', {bytes: 256 * mebibyte + 1, milliseconds: 5_000}]
  ])('is too far off if %s', (_why, come) => {
    expect(isTooFar(come, 30_000)).toBe(true)
  })

  it.each([
    ['its pace says less', {bytes: 2 * mebibyte, milliseconds: 1_400, size: 40 * mebibyte}],
    ['the pace is not known yet', {bytes: 4_096, milliseconds: 1_000, size: 40 * mebibyte}],
    ['most of it is there, though it comes slowly now', {bytes: 38 * mebibyte, milliseconds: 60_000, size: 40 * mebibyte}],
    ['no one knows where it is, and little has come', {bytes: 256 * mebibyte, milliseconds: 50_000}]
  ])('is not if %s', (_why, come) => {
    expect(isTooFar(come, 30_000)).toBe(false)
  })
})
