import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {pageOf} from '../page'
import {sourceTable} from '../table'

describe('docs/sources.md', () => {
  it('is what `npm run sources:docs` prints from the table', () => {
    expect(readFileSync('docs/sources.md', 'utf8')).toBe(pageOf(sourceTable))
  })

  it('has each behaviour once', () => {
    const behaviours = sourceTable.flatMap(({cases}) => cases.map(({behaviour}) => behaviour))
    expect(behaviours.length).toBe(new Set(behaviours).size)
  })
})
