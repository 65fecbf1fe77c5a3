import {describe, expect, it} from '@jest/globals'
import type {EventEnvelope} from '../../../local/runtime/core/types'
import {scrub} from '../scrub'

const fileIdOf = (url: URL): string => `id-of ${url.href}`

const event = (detail: EventEnvelope['detail']): EventEnvelope => ({
  version: '0', id: 'one', 'detail-type': 'FileRequested', source: 'mediadownloader.request', account: '1', time: '2026-11-25T10:00:00Z', region: 'us-west-2', resources: [], detail
})

const scrubbedUrl = (url: string): unknown => scrub({events: [event({fileId: 'youtube-1', sourceUrl: url})]}, fileIdOf).events[0]!.detail['sourceUrl']

describe('scrub', () => {
  it.each([
    ['https://a.example/a.mp4', 'https://a.example/a.mp4'],
    ['https://a.example/watch?v=dQw4w9WgXcQ&t=42', 'https://a.example/watch?v=dQw4w9WgXcQ&t=42'],
    ['https://a.example/a.mp4?token=abc&t=42', 'https://a.example/a.mp4?token=scrubbed&t=42'],
    ['https://a.example/a.mp4?X-Amz-Signature=12ab#t=3', 'https://a.example/a.mp4?X-Amz-Signature=scrubbed#t=3'],
    ['https://a.example/a.mp4?x=0123456789abcdef0123456789abcdef', 'https://a.example/a.mp4?x=scrubbed'],
    ['https://ann:sesame@a.example/a.mp4', 'https://a.example/a.mp4'],
    ['https://a.example/a.mp4?token=', 'https://a.example/a.mp4?token=']
  ])('makes of %s %s', (url, scrubbed) => {
    expect(scrubbedUrl(url)).toBe(scrubbed)
  })

  it('calls a file after its new URL, wherever it is named', () => {
    const url = 'https://a.example/a.mp4?token=abc'
    const before = {events: [event({fileId: `id-of ${url}`, sourceUrl: url})], background: {[`FILE#id-of ${url}`]: JSON.stringify({said: `of ${url}, twice`})}}
    const now = 'https://a.example/a.mp4?token=scrubbed'
    expect(scrub(before, fileIdOf)).toEqual({
      events: [event({fileId: `id-of ${now}`, sourceUrl: now})], background: {[`FILE#id-of ${now}`]: JSON.stringify({said: `of ${now}, twice`})}
    })
  })

  it('looks into JSON that stands as text, however deep, and leaves out where on a machine the code lay', () => {
    const cause = JSON.stringify({errorType: 'Error', userId: 'ann', trace: ['at /somewhere/index.mjs:1']})
    const before = {events: [event({userId: 'ann'})], background: {output: JSON.stringify({error: {Cause: cause}})}}
    expect(scrub(before, fileIdOf).background).toEqual({output: JSON.stringify({error: {Cause: JSON.stringify({errorType: 'Error', userId: 'user-1'})}})})
  })

  it('numbers users, in values and in keys of records, and leaves words alone', () => {
    const before = {
      events: [event({userId: 'ann', title: 'A plan of ann'}), event({userId: 'bob', title: 'ann'})],
      background: {records: [{SK: 'USER#cy', userId: 'cy'}, {SK: 'PUSH#ann#phone#FileDownloadFailed#1'}], history: {input: '{"userId":"bob"}'}}
    }
    expect(scrub(before, fileIdOf)).toEqual({
      events: [event({userId: 'user-1', title: 'A plan of ann'}), event({userId: 'user-2', title: 'user-1'})],
      background: {records: [{SK: 'USER#user-3', userId: 'user-3'}, {SK: 'PUSH#user-1#phone#FileDownloadFailed#1'}], history: {input: '{"userId":"user-2"}'}}
    })
  })
})
