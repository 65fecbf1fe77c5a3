import {describe, expect, test} from '@jest/globals'
import {setTimeout as sleep} from 'node:timers/promises'
import {settleEach, throwAny} from '../settle'

describe('settleEach', () => {
  test('does every item although some fail, and answers their errors', async () => {
    const done: number[] = []
    const errors = await settleEach([1, 2, 3, 4], 2, async (item) => {
      if (item % 2 === 0) {
        throw new Error(`no ${item}`)
      }
      done.push(item)
    })
    expect({done, errors}).toEqual({done: [1, 3], errors: [new Error('no 2'), new Error('no 4')]})
  })

  test('works on no more items at a time than the limit', async () => {
    let running = 0
    let most = 0
    await settleEach(Array.from({length: 20}), 3, async () => {
      running += 1
      most = Math.max(most, running)
      await sleep(1)
      running -= 1
    })
    expect(most).toBe(3)
  })

  test('answers the error of the item source after the work under way is done', async () => {
    const done: number[] = []
    const source = async function* () {
      yield 1
      throw new Error('no more pages')
    }
    const errors = await settleEach(source(), 2, async (item) => {
      await sleep(5)
      done.push(item)
    })
    expect({done, errors}).toEqual({done: [1], errors: [new Error('no more pages')]})
  })
})

describe('throwAny', () => {
  test('throws nothing for no error', () => {
    expect(() => throwAny([], 'x')).not.toThrow()
  })

  test('throws a single error as it is', () => {
    const error = new Error('one')
    expect(() => throwAny([error], 'x')).toThrow(error)
  })

  test('throws several errors together', () => {
    expect(() => throwAny([new Error('one'), new Error('two')], 'Both failed')).toThrow('Both failed: Error: one; Error: two')
  })

  test('names the first five of many', () => {
    expect(() => throwAny(['1', '2', '3', '4', '5', '6'], 'Six failed')).toThrow(/^Six failed: 1; 2; 3; 4; 5$/)
  })
})
