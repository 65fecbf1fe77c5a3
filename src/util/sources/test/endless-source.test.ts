import type {IncomingHttpHeaders} from 'node:http'
import {describe, expect, test} from '@jest/globals'
import {endingBody, endlessWatch, requireEnd} from '../endless-source'

const answer = (headers: IncomingHttpHeaders): Parameters<typeof requireEnd>[0] => ({headers, finalUrl: new URL('http://radio.example/live')})

describe('An answer is a broadcast by its headers', () => {
  test.each<[string, IncomingHttpHeaders]>([
    ['icy-name', {'content-type': 'audio/mpeg', 'icy-name': 'Harbour FM'}],
    ['icy-br', {'content-type': 'audio/aacp', 'icy-br': '64'}],
    ['icy-metaint', {'content-type': 'audio/mpeg', 'icy-metaint': '16000'}],
    ['ice-audio-info', {'content-type': 'application/ogg', 'ice-audio-info': 'bitrate=128'}],
    ['Icecast', {'content-type': 'audio/mpeg', server: 'Icecast 2.4.4'}],
    ['SHOUTcast', {'content-type': 'audio/mpeg', server: 'SHOUTcast/Linux v1.9.8'}],
    ['a camera', {'content-type': 'multipart/x-mixed-replace; boundary=frame'}]
  ])('of %s', (_what, headers) => {
    expect(() => requireEnd(answer(headers))).toThrow(expect.objectContaining({
      name: 'EndlessSourceError', retryable: false, message: expect.stringMatching(/^radio\.example sends a live broadcast .* (?:Ask for a recording of it \(the first 14 minutes at most\), or use|Use) the link of a single recording instead\.$/)
    }))
  })

  test.each<[string, IncomingHttpHeaders]>([
    ['a file without a length', {'content-type': 'audio/mpeg', 'transfer-encoding': 'chunked'}],
    ['a file that a radio server has', {'content-type': 'audio/mpeg', 'content-length': '1000', server: 'Icecast 2.4.4', 'icy-name': 'On demand'}],
    ['a part of one', {'content-type': 'audio/mpeg', 'content-range': 'bytes 0-99/1000', 'icy-name': 'On demand'}]
  ])('but not of %s', (_what, headers) => {
    expect(() => requireEnd(answer(headers))).not.toThrow()
  })
})

const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413, 0x55)])
const frameSeconds = 1152 / 44_100

/** MP3 at 128 kbit/s. */
const mp3 = (seconds: number): Buffer => Buffer.concat(Array.from({length: Math.round(seconds / frameSeconds)}, () => frame))

interface Pace {
  /** What comes in each second, from the first on. */
  readonly chunk: (second: number) => Buffer
  readonly seconds?: number
}

/** The second in which it is recognised; undefined if it is not. */
const recognised = ({chunk, seconds = 200}: Pace): number | undefined => {
  const watch = endlessWatch()
  for (let second = 0; second < seconds; second++) {
    if (watch(chunk(second), second * 1000)) {
      return second
    }
  }
  return undefined
}

const noise = (bytes: number): Buffer => Buffer.alloc(bytes, 0x33)

describe('Sound of unknown length is a broadcast', () => {
  test.each<[string, Pace]>([
    ['that comes as fast as it plays', {chunk: () => mp3(1)}],
    ['that begins with what the server had in store', {chunk: (second) => mp3(second === 0 ? 60 : 1)}],
    ['that stutters', {chunk: (second) => mp3(second % 2 === 0 ? 0.5 : 1.5)}],
    ['of a kind that cannot be read, at a steady pace', {chunk: () => noise(16_000)}],
    ['of a kind that cannot be read, at a nearly steady pace', {chunk: (second) => noise(second % 2 === 0 ? 12_000 : 20_000)}]
  ])('if it is one %s: recognised within 45 s', (_what, pace) => {
    expect(recognised(pace)).toBeLessThanOrEqual(45)
  })

  test.each<[string, Pace]>([
    ['thrice as fast as it plays', {chunk: () => mp3(3)}],
    ['a third faster than it plays', {chunk: () => mp3(1.33)}],
    ['a third slower than it plays', {chunk: () => mp3(0.67)}],
    ['in fits and starts', {chunk: (second) => mp3(second % 8 === 0 ? 8 : 0)}],
    ['faster than any sound plays', {chunk: () => noise(100_000)}],
    ['of a kind that cannot be read, now fast and now slow', {chunk: (second) => noise(second % 20 < 10 ? 8_000 : 24_000)}],
    ['for less than half a minute', {chunk: () => mp3(1), seconds: 30}]
  ])('but not if it is a file that comes %s', (_what, pace) => {
    expect(recognised(pace)).toBeUndefined()
  })

  test('no longer than three minutes', () => {
    const watch = endlessWatch()
    const told = [0, 1_000, 5_000, 185_000, 186_000].map((at) => watch(mp3(3), at))
    expect(told).toEqual([false, false, false, false, undefined])
  })
})

describe('A body', () => {
  async function* bytes(): AsyncGenerator<Buffer, void, undefined> {
    yield Buffer.from('one')
    yield Buffer.from('two')
  }

  test.each<[string, IncomingHttpHeaders, string]>([
    ['a video', {}, 'video/mp4'], ['sound with a length', {'content-length': '6'}, 'audio/mpeg'], ['sound with an ETag', {etag: '"1"'}, 'audio/mpeg'],
    ['sound with a date', {'last-modified': 'Sun, 01 Nov 2026 10:00:00 GMT'}, 'audio/mpeg'], ['an M4A', {}, 'audio/mp4'], ['a FLAC', {}, 'audio/flac']
  ])('of %s is not watched', (_what, headers, contentType) => {
    const body = bytes()
    expect(endingBody(body, answer(headers), contentType)).toBe(body)
  })

  test('that is watched has all its bytes', async () => {
    let text = ''
    for await (const chunk of endingBody(bytes(), answer({}), 'audio/mpeg')) {
      text += chunk.toString()
    }
    expect(text).toBe('onetwo')
  })
})
