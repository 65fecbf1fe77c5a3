import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {findHits} from '../../build/contracts/hits'
import {readContracts} from '../../shared/contracts/schema'

const root = join(import.meta.dirname, '../..')

describe('the consumers of', () => {
  it.each(readContracts(root))('$event are those to whom a rule delivers it', ({event}) => {
    const {rules, functions} = findHits(root, event)
    const targets = rules.flatMap((rule) => rule.split(' → ').slice(1)).filter((name) => existsSync(join(root, 'src/lambdas', name)))
    expect(functions).toEqual([...new Set(targets)].sort())
  })
})
