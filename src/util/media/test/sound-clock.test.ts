import {expect, test} from '@jest/globals'
import {soundClock} from '../sound-clock'

const frame = (header: readonly number[], bytes: number): Buffer => Buffer.concat([Buffer.from(header), Buffer.alloc(bytes - header.length, 0x55)])
const frames = (count: number, ...each: Buffer[]): Buffer => Buffer.concat(Array.from({length: count}, () => each).flat())

/** A frame of AAC in ADTS, 44.1 kHz. */
const adts = (bytes: number): Buffer => frame([0xff, 0xf1, 0x50, 0x80 | bytes >> 11, bytes >> 3 & 0xff, (bytes & 7) << 5 | 0x1f, 0xfc], bytes)

test.each([
  ['MP3 at 128 kbit/s and 44.1 kHz', frames(100, frame([0xff, 0xfb, 0x90, 0x00], 417)), 99 * 1152 / 44_100],
  ['MP3 that pads some frames', frames(50, frame([0xff, 0xfb, 0x90, 0x00], 417), frame([0xff, 0xfb, 0x92, 0x00], 418)), 99 * 1152 / 44_100],
  ['MP3 of a changing bit rate', frames(50, frame([0xff, 0xfb, 0x90, 0x00], 417), frame([0xff, 0xfb, 0xe0, 0x00], 1044)), 99 * 1152 / 44_100],
  ['MP3 of MPEG 2 at 64 kbit/s and 22.05 kHz', frames(100, frame([0xff, 0xf3, 0x80, 0x00], 208)), 99 * 576 / 22_050],
  ['layer II at 192 kbit/s and 48 kHz', frames(100, frame([0xff, 0xfd, 0xa4, 0x00], 576)), 99 * 1152 / 48_000],
  ['AAC in ADTS', frames(50, adts(300), adts(371)), 99 * 1024 / 44_100]
])('%s is timed by its frames, in whatever pieces it comes', (_what, sound, seconds) => {
  for (const size of [sound.length, 1000, 100, 7]) {
    const clock = soundClock()
    let told = 0
    for (let at = 0; at < sound.length; at += size) {
      told = clock(sound.subarray(at, at + size))
    }
    expect(told).toBeCloseTo(seconds, 6)
  }
})

test('tags and broken bytes in between cost a frame or two at most', () => {
  const half = frames(100, frame([0xff, 0xfb, 0x90, 0x00], 417))
  const clock = soundClock()
  clock(Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0'), half, Buffer.from('broken'), half]))
  expect(clock(Buffer.alloc(0))).toBeGreaterThan(196 * 1152 / 44_100)
})

test('other bytes have no time', () => {
  expect(soundClock()(Buffer.alloc(100_000, 0x33))).toBe(0)
  expect(soundClock()(Buffer.alloc(100_000, 0xff))).toBe(0)
})
