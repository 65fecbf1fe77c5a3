import {describe, expect, it} from '@jest/globals'
import {fitsStars} from '../wildcard'

describe('A star', () => {
  it.each([
    ['lambda.Invoke', 'lambda.*', true], ['lambdaXInvoke', 'lambda.*', false], ['abc', 'abc', true], ['abcd', 'abc', false], ['', '*', true],
    ['aXbXc', 'a*b*c', true], ['ab', 'a*ab', false], ['a.b', 'a.b', true], ['line\nline', 'l*e', true], ['aaa', 'a*a*a*a', false]
  ])('%j fits %j: %j', (text, pattern, fits) => {
    expect(fitsStars(text, pattern)).toBe(fits)
  })
})
