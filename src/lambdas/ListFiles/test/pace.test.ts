import {describe, expect, test} from '@jest/globals'
import type {FileRecord} from '../../../types/domain'
import {measurePace} from '../src/pace'

const heardAt = '2025-11-23T10:00:00.000Z'
const after = (milliseconds: number): number => Date.parse(heardAt) + milliseconds

/** A download of 100 bytes, of which 30 are there. */
const file = (more: Partial<FileRecord> = {}): FileRecord => ({
  fileId: 'url-1', sourceUrl: 'https://e.com/a.mp4', status: 'Downloading', correlationId: 'c-1', requestedAt: heardAt, availableAt: heardAt, updatedAt: heardAt,
  size: 100, progress: {r1: {bytes: 10, speed: 1}, r2: {bytes: 20, speed: 3}}, ...more
})

describe('the pace of a download', () => {
  test('is that of all its ranges, its time left in whole seconds, begun ones too', () => {
    expect(measurePace(file(), after(0))).toEqual({bytesDone: 30, speed: 4, secondsLeft: 18})
  })

  test('is known until its worker has been silent for 15 seconds', () => {
    expect(measurePace(file(), after(14_999))).toEqual({bytesDone: 30, speed: 4, secondsLeft: 18})
    expect(measurePace(file(), after(15_000))).toEqual({bytesDone: 30, speed: null, secondsLeft: null})
  })

  test('tells no time left where no one knows the size', () => {
    expect(measurePace(file({size: undefined}), after(0))).toEqual({bytesDone: 30, speed: 4, secondsLeft: null})
    expect(measurePace(file({size: undefined}), after(15_000))).toEqual({bytesDone: 30, speed: null, secondsLeft: null})
  })

  test('leaves no time below nothing if more came than was announced', () => {
    expect(measurePace(file({size: 29}), after(0))).toEqual({bytesDone: 30, speed: 4, secondsLeft: 0})
  })

  test('is nothing before the first byte', () => {
    expect(measurePace(file({progress: undefined}), after(0))).toEqual({bytesDone: 0, speed: null, secondsLeft: null})
  })
})

test.each([[100, 100], [undefined, 0]])('a downloaded file of size %p has %i bytes, and neither speed nor time left', (size, bytesDone) => {
  expect(measurePace(file({status: 'Downloaded', size}), after(0))).toEqual({bytesDone, speed: null, secondsLeft: null})
})
