import {describe, expect, it} from '@jest/globals'
import {readFilterPattern} from '../filter-pattern'

const error = '{"level":"ERROR","message":"no such file","cold":true,"error":{"code":404,"names":["a","b"]}}'

describe('A filter pattern', () => {
  it.each([
    ['', error, true],
    ['ERROR', error, true],
    ['Error', error, false],
    ['ERROR nothing', error, false],
    ['"such file"', error, true],
    ['"file such"', error, false],
    ['ERROR -file', error, false],
    ['?ERROR ?WARN', error, true],
    ['?INFO ?WARN', error, false],
    ['{ $.level = "ERROR" }', error, true],
    ['{ $.level = ERR* }', error, true],
    ['{ $.level != "ERROR" }', error, false],
    ['{ $.error.code = 404 }', error, true],
    ['{ $.error.code >= 500 }', error, false],
    ['{ $.error.code < 500 }', error, true],
    ['{ $.error.names[1] = "b" }', error, true],
    ['{ $.absent != "x" }', error, false],
    ['{ $.level = "ERROR" && $.error.code = 500 }', error, false],
    ['{ $.level = "INFO" || $.error.code = 404 }', error, true],
    ['{ $.level = "ERROR" }', 'ERROR in plain text', false]
  ])('%j over %j: %j', (pattern, message, fits) => {
    expect(readFilterPattern(pattern)(message)).toBe(fits)
  })

  it.each(['[ip, user]', '%ERR.*%', '{ $.a = 1 && $.b = 2 || $.c = 3 }', '{ $.a IS NULL }'])('%j is refused by name', (pattern) => {
    expect(() => readFilterPattern(pattern)).toThrow(expect.objectContaining({code: 'InvalidParameterException', message: expect.stringContaining(pattern.trim())}))
  })
})
