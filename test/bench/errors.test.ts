import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {errorTable} from '../../src/util/errors'
import {benchmark, corpora, messagesOf, scoresOf} from './error-scores'

describe('The benchmark of error messages', () => {
  it('counts what was said, meant and right for each category', () => {
    const messages = [
      {message: 'a', name: 'GeoBlockedError', origin: 'by hand'}, {message: 'b', name: 'GeoBlockedError', origin: 'by hand'},
      {message: 'c', name: 'RateLimitedError', origin: 'by hand'}, {message: 'd', name: 'TransientSourceError', origin: 'by hand'}
    ] as const
    expect(scoresOf(messages, (message) => message === 'a' ? 'GeoBlockedError' : 'RateLimitedError')).toEqual({
      messages: 4, accuracy: 0.5, macroF1: (2 / 3 + 1 / 2 + 0) / 3,
      categories: [
        {category: 'geo', messages: 2, precision: 1, recall: 0.5, f1: 2 / 3}, {category: 'rate-limited', messages: 1, precision: 1 / 3, recall: 1, f1: 0.5},
        {category: 'transient', messages: 1, precision: 0, recall: 0, f1: 0}
      ],
      misread: [{...messages[1], classified: 'RateLimitedError'}, {...messages[3], classified: 'RateLimitedError'}]
    })
  })

  it('reads the messages that it was tuned on without a mistake', () => {
    expect(benchmark('tuned')).toMatchObject({macroF1: 1, misread: []})
  })

  it('reads nearly four of five messages that it never saw, and no category at random', () => {
    const {macroF1, accuracy, categories} = benchmark('heldOut')
    expect(Math.min(macroF1, accuracy)).toBeGreaterThanOrEqual(0.78)
    expect(categories.filter(({f1}) => f1 < 0.6)).toEqual([])
  })
})

describe('The held-out messages', () => {
  const heldOut = messagesOf('heldOut')

  it('are as they were frozen: no rule is made for them', () => {
    const digest = createHash('sha256').update(readFileSync(`src/lib/yt-dlp/test/data/${corpora.heldOut}`)).digest('hex')
    expect(digest).toBe('02ee4ce2b7dae57774f134bf7a98b31129ca71c61fa04fe0bcc95091fc8bb51d')
  })

  it('are many, of every category that yt-dlp can name, each with an origin and none of them tuned on', () => {
    const tuned = messagesOf('tuned')
    const known = new Set(tuned.map(({message}) => message))
    expect(heldOut.length).toBeGreaterThanOrEqual(80)
    expect(heldOut.filter(({message, origin}) => known.has(message) || !/^https:\/\/github\.com\/.+\/\d+$|^yt-dlp [\d.]+, yt_dlp\/.+\.py, line \d+$/.test(origin))).toEqual([])
    expect(new Set(heldOut.map(({name}) => errorTable[name].category))).toEqual(new Set(tuned.map(({name}) => errorTable[name].category)))
  })
})
