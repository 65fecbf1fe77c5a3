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

const refused = (seconds: number, requests: number): Pick<SourceSubject['cases'][number], 'file' | 'check' | 'mostRequests'> => ({
  file: {status: 'Failed'},
  mostRequests: requests,
  check: ({requests: asked}, {error}) => {
    assert.equal(error?.code, 'EndlessSourceError')
    assert.match(error.message, /live broadcast.*Use the link of a single recording instead\.$/)
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
