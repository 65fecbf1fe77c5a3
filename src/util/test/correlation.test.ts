import {setTimeout as sleep} from 'node:timers/promises'
import {describe, expect, it} from '@jest/globals'
import {currentCorrelation, setCorrelation, withCorrelation} from '../correlation'

describe('the correlation', () => {
  it('is empty if none was set', () => {
    expect(currentCorrelation()).toEqual({})
  })

  it('holds for everything that is awaited after it was set', async () => {
    await withCorrelation({}, async () => {
      setCorrelation({correlationId: 'c-1', fileId: 'abc'})
      await sleep(1)
      expect(currentCorrelation()).toEqual({correlationId: 'c-1', fileId: 'abc'})
    })
    expect(currentCorrelation()).toEqual({})
  })

  it('is kept apart for concurrent pieces of work', async () => {
    const seen = await Promise.all(['a', 'b', 'c'].map((correlationId, index) => withCorrelation({correlationId}, async () => {
      await sleep(3 - index)
      return currentCorrelation()
    })))
    expect(seen).toEqual([{correlationId: 'a'}, {correlationId: 'b'}, {correlationId: 'c'}])
  })

  it('keeps nothing else of what it is given', () => {
    withCorrelation({}, () => {
      setCorrelation({correlationId: 'c-1', fileId: 'abc', title: 'Video Title'} as never)
      expect(currentCorrelation()).toEqual({correlationId: 'c-1', fileId: 'abc'})
    })
  })
})
