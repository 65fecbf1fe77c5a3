import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {findingsIn, parsePointer} from '../src/check'

const odd: readonly unknown[] = [null, 0, -1.5, true, '', '$', '{% ( %}', 'States.Format(', [], [null], [[{}]], {}, {'.$': 1}, {States: 1}, '__proto__']

/** Every copy of a value in which one place holds something odd, or nothing. */
const spoiled = function* (value: unknown): Generator<unknown> {
  yield* odd
  if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      for (const other of spoiled(each)) {
        yield Array.isArray(value) ? value.with(Number(key), other) : {...value, [key]: other}
      }
      yield Array.isArray(value) ? value.toSpliced(Number(key), 1) : {...value, [key]: undefined}
    }
  }
}

describe('any JSON', () => {
  it.each(globSync(join(import.meta.dirname, 'valid/*.json')).sort())('in place of any part of %s has findings or none, in places that exist', (file) => {
    // One of eleven: fifteen odd values take turns over the places.
    const some = [...spoiled(JSON.parse(readFileSync(file, 'utf8')))].filter((_, index) => index % 11 === 0)
    const wrong = some.filter((definition) => {
      const text = JSON.stringify(definition)
      return findingsIn(text).some(({sentence, state, pointer}) => !/^Expected .+; found .+\. [A-Z].+/s.test(sentence) || (state !== '' && parsePointer(pointer).states.length === 0))
    })
    expect(wrong).toEqual([])
  })
})
