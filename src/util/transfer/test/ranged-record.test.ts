import {expect, it} from '@jest/globals'
import type {ClaimedFile} from '../../files/claimed-file'
import {toPlannedSource} from '../ranged-record'

const planned = {url: 'https://edge.example/1.mp4?token=1', validator: '"1"', size: 9}

it.each<[string, Partial<ClaimedFile>, string | undefined]>([
  ['its own URL', {}, 'https://a.example/1.mp4'],
  ['the address that its feed names', {mediaUrl: 'https://media.example/1.mp4', extractor: 'direct'}, 'https://media.example/1.mp4'],
  ['nothing, if it is a stream of yt-dlp', {mediaUrl: 'https://media.example/page', extractor: 'yt-dlp'}, undefined]
])('a file whose redirect has expired is asked for again at %s', (_what, file, origin) => {
  expect(toPlannedSource({sourceUrl: 'https://a.example/1.mp4', ...file} as ClaimedFile, planned).origin?.href).toBe(origin)
})
