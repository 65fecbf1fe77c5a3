import {describe, expect, it} from '@jest/globals'
import {playCapture, readCapture} from '../../helpers/captured'

const capture = readCapture(import.meta.dirname)

describe('HtmlInsteadOfMediaError of url-552cf026c39bcd14bf1e2099c73ed95e', () => {
  it('goes as it went', async () => {
    expect(await playCapture(capture)).toEqual(capture.expected)
  }, 60_000)
})
