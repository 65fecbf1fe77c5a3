import {describe, expect, it} from '@jest/globals'
import {fileIdOf} from '../src/file-identity'
import {maxRecordSeconds, parseRecord} from '../../../util/media/record-wish'

const now = Date.parse('2026-11-30T23:15:59.999Z')

describe('A recording that is asked for', () => {
  it.each([1, 600, maxRecordSeconds])('of %d seconds begins in the minute of its request', (seconds) => {
    expect(parseRecord({seconds}, now)).toEqual({seconds, from: '2026-11-30T23:15Z'})
  })

  it.each([[undefined], [null]])('is none by %j', (value) => {
    expect(parseRecord(value, now)).toBeUndefined()
  })

  it.each([
    [600, '`record` must be an object with seconds, not 600.'], [[], '`record` must be an object with seconds, not [].'],
    [{}, '`record.seconds` must be a whole number from 1 to 840, not undefined.'], [{seconds: 0}, 'from 1 to 840, not 0.'], [{seconds: -5}, 'not -5.'],
    [{seconds: 841}, 'not 841.'], [{seconds: 1.5}, 'not 1.5.'], [{seconds: '60'}, 'not "60".'], [{seconds: null}, 'not null.'],
    [{seconds: 60, from: '2026-11-30T23:15Z'}, '`record` has seconds alone, not "from".']
  ])('is refused as %j', (value, message) => {
    expect(() => parseRecord(value, now)).toThrow(expect.objectContaining({name: 'InvalidRequestError', message: expect.stringContaining(message)}))
  })

  it('is a file of its own by length and minute, and beside the preset', () => {
    const url = new URL('https://radio.example.com/live')
    const [id, record] = [fileIdOf(url), parseRecord({seconds: 600}, now)]
    expect(fileIdOf(url, 'best', undefined, record)).toBe(`record_600_20261130T2315Z_${id}`)
    expect(fileIdOf(url, 'audio', {language: 'fi'}, record)).toBe(`record_600_20261130T2315Z_audio_fi__${id}`)
  })
})
