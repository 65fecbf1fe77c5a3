import {expect, test} from '@jest/globals'
import {formatBytes} from '../src/format-bytes'
import {mediaNoun} from '../src/media-types'

test.each([
  [1, '1 B'], [1_023, '1023 B'], [1_024, '1.0 KB'], [1_536, '1.5 KB'], [1_048_575, '1.0 MB'], [1_048_576, '1.0 MB'],
  [1_073_741_824, '1.0 GB'], [2 ** 40, '1.0 TB'], [2 ** 51, '2048.0 TB']
])('%i bytes are %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected)
})

test.each([
  ['video/mp4', 'video'], ['Video/WebM; codecs=vp9', 'video'], ['audio/mpeg', 'audio'], ['image/png', 'file'], ['application/octet-stream', 'file']
])('%s is called %s', (contentType, expected) => {
  expect(mediaNoun(contentType)).toBe(expected)
})
