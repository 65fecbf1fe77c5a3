import {expect, it} from '@jest/globals'
import {bytes, formatProgress} from '../bytes'

it.each([[0, '0 B'], [1023, '1023 B'], [1024, '1.0 KB'], [97_553, '95.3 KB'], [469_762_048, '448.0 MB'], [5 * 1024 ** 3, '5.0 GB'], [2 * 1024 ** 5, '2048.0 TB']])(
  '%i bytes read %s', (count, text) => expect(bytes(count)).toBe(text))

it.each([[512, 1024, '512 B of 1.0 KB (50 %)'], [512, null, '512 B'], [0, 0, '0 B']])('%p of %p bytes read %s', (done, total, text) => expect(formatProgress(done, total)).toBe(text))
