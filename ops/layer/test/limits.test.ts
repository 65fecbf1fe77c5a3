import {describe, expect, test} from '@jest/globals'
import {demandRoom, functionBytes, maxUnzippedBytes} from '../limits'

const room = maxUnzippedBytes - functionBytes

describe('Lambda\'s limit', () => {
  test('takes a layer that fills it', () => {
    expect(() => demandRoom([{path: 'bin/yt-dlp', bytes: room - 1}, {path: 'bin/ffmpeg', bytes: 1}])).not.toThrow()
  })

  test('refuses one byte more, and names what is how large', () => {
    expect(() => demandRoom([{path: 'bin/yt-dlp', bytes: 36_700_160}, {path: 'bin/ffmpeg', bytes: room - 36_700_160 + 1}]))
      .toThrow('Expected the layer to have at most 240.0 MiB unzipped (Lambda takes 250.0 MiB with the function\'s code); it has 240.0 MiB: bin/yt-dlp 35.0 MiB, bin/ffmpeg 205.0 MiB.')
  })
})
