import {expect, it} from '@jest/globals'
import {parseOptions} from '../options'

const mebibyte = 1024 ** 2

it('The benchmark takes the sizes of issue and README unless it is told others', () => {
  expect(parseOptions(['--seed', '7'])).toEqual({
    sizes: [64 * mebibyte, 1024 * mebibyte, 5120 * mebibyte], runs: 3, aside: 512 * mebibyte, whole: 5120 * mebibyte, resumed: 1024 * mebibyte,
    kills: 20, seed: 7
  })
  expect(parseOptions(['--serve', '3'])).toEqual({serve: 3 * mebibyte})
  expect(parseOptions(['--sizes', '16,32', '--runs', '1', '--kills', '2'])).toMatchObject({sizes: [16 * mebibyte, 32 * mebibyte], runs: 1, kills: 2})
})

it.each([
  [['--sizes', '16,']], [['--sizes', '15']], [['--aside', '8']], [['--runs', '0']], [['--kills', 'many']], [['--resumed', '127']], [['--serve', '0']], [['--fast']], [['5120']]
])('The benchmark refuses %j', (args) => {
  expect(parseOptions(args)).toBeUndefined()
})
