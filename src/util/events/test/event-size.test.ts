import {describe, expect, it} from '@jest/globals'
import {entryBytes, inBatches} from '../event-size'

describe('entryBytes', () => {
  it('counts 14 bytes for the time and the UTF-8 of source, detail-type, detail and resources', () => {
    expect(entryBytes({Source: 'ab', DetailType: 'cde', Detail: '"é"', Resources: ['x', '🎬'], TraceHeader: 'free', EventBusName: 'free'})).toBe(14 + 2 + 3 + 4 + 1 + 4)
  })

  it('counts what is absent as nothing', () => {
    expect(entryBytes({})).toBe(14)
  })
})

describe('inBatches', () => {
  const batches = (sizes: readonly number[], items = 10, bytes = 10) => inBatches(sizes, (size) => size, {items, bytes})

  it.each<[string, number[], number[][]]>([
    ['nothing', [], []],
    ['what fits exactly', [4, 6], [[4, 6]]],
    ['what is over by one', [4, 7], [[4], [7]]],
    ['in order, also where a later item would fit', [8, 5, 2], [[8], [5, 2]]],
    ['an item over the limit alone', [1, 11, 1], [[1], [11], [1]]]
  ])('splits by bytes: %s', (_what, sizes, expected) => {
    expect(batches(sizes)).toEqual(expected)
  })

  it('splits by number of items', () => {
    expect(batches([1, 1, 1, 1, 1], 2)).toEqual([[1, 1], [1, 1], [1]])
  })
})
