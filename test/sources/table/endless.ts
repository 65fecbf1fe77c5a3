import assert from 'node:assert/strict'
import {setTimeout as sleep} from 'node:timers/promises'
import type {OutgoingHttpHeaders, ServerResponse} from 'node:http'
import type {Serve, SourceSubject} from '../case'

/** A frame of MP3 at 128 kbit/s and 44.1 kHz. */
const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413, 0x55)])
const frameMilliseconds = 1152 / 44.1

const frames = (count: number): Buffer => Buffer.concat(Array.from({length: count}, () => frame))

/** As HTTP/1.0 has it: the end of the connection is the end of the body. */
const begin = (response: ServerResponse, headers: OutgoingHttpHeaders): void => {
  response.useChunkedEncodingByDefault = false
  response.shouldKeepAlive = false
  response.writeHead(200, {'content-type': 'audio/mpeg', ...headers})
}

/** Sound that comes `pace` times as fast as it plays, for as long as `seconds` of it last. */
const sound = (pace: number, seconds: number, headers: OutgoingHttpHeaders = {}): Serve => async ({response}) => {
  begin(response, headers)
  const all = Math.round(seconds * 1000 / frameMilliseconds)
  const begun = Date.now()
  for (let sent = 0; sent < all && !response.destroyed;) {
    const due = Math.min(all, Math.ceil((Date.now() - begun) * pace / frameMilliseconds))
    response.write(frames(due - sent))
    sent = due
    await sleep(100)
  }
  response.end()
}

const recorded = frames(Math.round(150_000 / frameMilliseconds))

/** A page of Ogg with one packet (RFC 3533). */
const page = (flags: number, granule: bigint, packet: Buffer): Buffer => {
  const head = Buffer.alloc(27)
  head.write('OggS')
  head.writeUInt8(flags, 5)
  head.writeBigUInt64LE(granule, 6)
  head.writeUInt8(Math.floor(packet.length / 255) + 1, 26)
  return Buffer.concat([head, Buffer.alloc(Math.floor(packet.length / 255), 255), Buffer.from([packet.length % 255]), packet])
}

/** A second of Opus, from second `at` of a broadcast that began a day ago. */
const oggSecond = (at: number): Buffer => page(0, BigInt(86_400 + at) * 48_000n, Buffer.alloc(8_000, at % 251))
const oggBegin = Buffer.concat([page(2, 0n, Buffer.from('OpusHead\x01\x02')), page(0, 0n, Buffer.from('OpusTags'))])
const oggOf = (seconds: number): Buffer => Buffer.concat([oggBegin, ...Array.from({length: seconds}, (_, at) => oggSecond(at))])

/** Ten seconds of Opus at once, as radio servers begin, and then one each second, cut anywhere. */
const opus: Serve = async ({response}) => {
  begin(response, {'content-type': 'application/ogg', 'icy-name': 'Harbour Opus'})
  const all = oggOf(3_600)
  const length = oggSecond(0).length
  response.write(all.subarray(0, 10 * length + 77))
  for (let at = 10 * length + 77; at < all.length && !response.destroyed; at += length) {
    await sleep(1_000)
    response.write(all.subarray(at, at + length))
  }
}

const framesIn = (seconds: number): number => Math.ceil(seconds * 1000 / frameMilliseconds)

const refused = (seconds: number, requests: number): Pick<SourceSubject['cases'][number], 'file' | 'check' | 'mostRequests'> => ({
  file: {status: 'Failed'},
  mostRequests: requests,
  check: ({requests: asked}, {error}) => {
    assert.equal(error?.code, 'EndlessSourceError')
    assert.match(error.message, /live broadcast.*Ask for a recording of it .*or use the link of a single recording instead\.$/)
    assert.equal(error.retryable, false)
    assert.ok(Date.now() - asked[0]!.at < seconds * 1000, `It took ${Date.now() - asked[0]!.at} ms.`)
  }
})

export const endless: SourceSubject = {
  heading: 'What never ends',
  cases: [
    {
      behaviour: 'Radio: sound without a length, and `icy-*` headers',
      outcome: 'Refused at once by `EndlessSourceError`, and not asked again',
      serve: () => sound(1, 3600, {'icy-name': 'Harbour FM', 'icy-br': '128'}),
      path: '/radio',
      ...refused(60, 1)
    },
    {
      behaviour: 'Radio: sound without a length that comes as fast as it plays',
      outcome: 'Recognised within a minute, refused by `EndlessSourceError`, and not asked again',
      serve: () => sound(1, 3600),
      path: '/live.mp3',
      isRealTime: true,
      ...refused(75, 2)
    },
    {
      behaviour: 'Radio, when a recording is requested: MP3',
      outcome: 'The requested seconds of sound from then on, up to the end of a frame',
      serve: () => sound(4, 3600, {'icy-name': 'Harbour FM', 'icy-br': '128'}),
      path: '/radio.mp3',
      record: {seconds: 8},
      isRealTime: true,
      file: {status: 'Downloaded', contentType: 'audio/mpeg', size: framesIn(8) * frame.length},
      check: (_seen, {record}) => assert.deepEqual([record?.seconds, /^2\d{3}-\d\d-\d\dT\d\d:\d\dZ$/.test(record?.from ?? '')], [8, true]),
      stored: frames(framesIn(8)),
      mostRequests: 2,
      // What a look and the connection's buffers hold when it is closed.
      mostBytes: 2
    },
    {
      behaviour: 'Radio, when a recording is requested: Ogg',
      outcome: 'The requested seconds of sound from then on, up to the end of a page',
      serve: () => opus,
      path: '/radio.opus',
      record: {seconds: 12},
      isRealTime: true,
      file: {status: 'Downloaded', contentType: 'audio/ogg'},
      stored: oggOf(13),
      mostRequests: 2,
      mostBytes: 2.2
    },
    {
      behaviour: 'A file, when a recording is requested',
      outcome: 'The file: it has an end',
      serve: () => ({response}) => {
        const body = frames(2_000)
        response.writeHead(200, {'content-type': 'audio/mpeg', 'content-length': body.length}).end(body)
      },
      path: '/jingle.mp3',
      record: {seconds: 2},
      file: {status: 'Downloaded', contentType: 'audio/mpeg'},
      stored: frames(2_000),
      mostRequests: 2
    },
    {
      behaviour: 'A sound file without a length from a slow server',
      outcome: 'The file, byte for byte',
      serve: () => sound(3, 150),
      path: '/slow.mp3',
      isRealTime: true,
      file: {status: 'Downloaded', contentType: 'audio/mpeg'},
      stored: recorded,
      mostRequests: 2
    }
  ]
}
