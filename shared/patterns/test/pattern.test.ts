import {describe, expect, it} from '@jest/globals'
import {PatternError} from '../errors'
import {eventFields} from '../event-fields'
import {compilePattern} from '../pattern'
import {exactCases, numberCases, type PatternCase, textCases} from './pattern-cases'
import {butCases, structureCases} from './pattern-structure-cases'

const tables: ReadonlyArray<readonly [string, readonly PatternCase[]]> =
  [['exact', exactCases], ['text', textCases], ['number', numberCases], ['anything-but', butCases], ['structure', structureCases]]

const reasonOf = (pattern: string): unknown => {
  try {
    compilePattern(pattern)
    return 'valid'
  } catch (error) {
    return error instanceof PatternError ? error.message : error
  }
}

/** The message as AWS gives it: reason and, but for a few, the place. */
const invalid = (pattern: string, reason: string, column?: number, twice = false): string => {
  const place = column === undefined ? '' : `\n at [Source: (String)"${pattern}"; line: 1, column: ${column}]`
  return `${reason}${place}${twice ? place : ''}`
}

describe.each(tables)('event pattern: %s', (_name, cases) => {
  it.each(cases.map(([pattern, event, matches]) => [JSON.stringify(pattern), JSON.stringify(event), matches] as const))('%s on %s: %s', (pattern, event, matches) => {
    expect(compilePattern(pattern)(eventFields(JSON.parse(event)))).toBe(matches)
  })
})

describe('event pattern tables', () => {
  it('hold at least 150 cases of both kinds', () => {
    const all = tables.flatMap(([, cases]) => cases)
    expect(all.length).toBeGreaterThanOrEqual(150)
    expect(all.filter(([, , matches]) => !matches).length).toBeGreaterThan(60)
  })
})

/** Patterns, reasons and columns that AWS itself answered (recorded by others against a real account), then those that follow from its source. */
describe('an invalid event pattern', () => {
  it.each([
    ['{"int": 42}', '"int" must be an object or an array', 11],
    ['{"string": "my-value"}', '"string" must be an object or an array', 13],
    ['{"resources": []}', 'Empty arrays are not allowed', 17],
    ['{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}', 'Unrecognized match type NUMERIC', 36],
    ['{"my_key": [{"EXISTS": true}]}', 'Unrecognized match type EXISTS', 28],
    ['{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}', 'Bad numeric range operator: >', 49],
    ['{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}', 'Value of < must be numeric', 50],
    ['{"detail-type": [{"equals-ignore-case": ["ec2 instance state-change notification"]}]}', 'equals-ignore-case match pattern must be a string', 42],
    ['{"detail-type": [{"equals-ignore-case": {"prefix": "ec2"}}]}', 'equals-ignore-case match pattern must be a string', 42],
    ['{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}', 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.', 66],
    ['{"EventBusArn": [{"wildcard": 123}]}', 'wildcard match pattern must be a string', 34],
    ['{"detail": {"FilePath": [{"anything-but": {"wildcard": 123}}]}}', 'wildcard match pattern must be a string', 59],
    ['{"detail": {"FileName": [{"anything-but": {"suffix": 123}}]}}', 'prefix/suffix match pattern must be a string', 57],
    ['{"detail": {"state": [{"anything-but": {"prefix": 123}}]}}', 'prefix/suffix match pattern must be a string', 54],
    ['{"time": [{"prefix": ["2022-07-13"]}]}', 'prefix match pattern must be a string', 23],
    ['{"time": [{"prefix": 123}]}', 'prefix match pattern must be a string', 25],
    ['{"FileName": [{"suffix": 123}]}', 'suffix match pattern must be a string', 29],
    ['{"FileName": [{"suffix": [".png"]}]}', 'suffix match pattern must be a string', 27],
    ['{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}}', 'Value of anything-but must be an array or single string/number value.', 55],
    ['{"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}}', 'prefix match pattern must be a string', 43],
    ['["not", "a", "dict", "but valid json"]', 'Filter is not an object', 2],
    ['this is valid json but not a dict', 'Unrecognized token \'this\': was expecting (JSON String, Number, Array, Object or token \'null\', \'true\' or \'false\')', 5],
    ['{\'bad\': \'quotation\'}', 'Unexpected character (\'\'\' (code 39)): was expecting double-quote to start field name', 2],
    ['{"not": closed mark"', 'Unrecognized token \'closed\': was expecting (JSON String, Number, Array, Object or token \'null\', \'true\' or \'false\')', 15]
  ])('%s is refused as AWS refuses it', (pattern, reason, column) => {
    expect(reasonOf(pattern)).toEqual(invalid(pattern, reason, column))
  })

  it.each([
    ['{"detail": {"state": [{"anything-but": {"equals-ignore-case": [123, 456]}}]}}', 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.', 67],
    ['{"detail": {"state": [{"anything-but": {"wildcard": [123, "*/dir/*"]}}]}}', 'wildcard match pattern must be a string', 57],
    ['{"detail": {"FileName": [{"anything-but": {"suffix": [123, ".txt"]}}]}}', 'prefix/suffix match pattern must be a string', 58],
    ['{"detail": {"state": [{"anything-but": {"prefix": [123, "test"]}}]}}', 'prefix/suffix match pattern must be a string', 55]
  ])('%s names its place twice, as on AWS', (pattern, reason, column) => {
    expect(reasonOf(pattern)).toEqual(invalid(pattern, reason, column, true))
  })

  it.each([
    ['{"a": [{"cidr": "bad-filter"}]}', 'Malformed CIDR, one \'/\' required'],
    ['{"a": [{"cidr": "10.0.0.0/bad"}]}', 'Malformed CIDR, mask bits must be an integer'],
    ['{"a": [{"cidr": "10.0.0.0/-1"}]}', 'Malformed CIDR, mask bits must not be negative'],
    ['{"a": [{"cidr": "10.0.0.0/32"}]}', 'IPv4 mask bits must be < 32'],
    ['{"a": [{"cidr": "::/128"}]}', 'IPv6 mask bits must be < 128'],
    ['{"a": [{"cidr": "xx.11.xx/8"}]}', 'Nonstandard IP address: xx.11.xx'],
    ['{"a": [{"cidr": "xxxx:db8:1234:1a00::/56"}]}', 'Nonstandard IP address: xxxx:db8:1234:1a00::'],
    ['{"a": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}', 'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character']
  ])('%s is refused without a place', (pattern, reason) => {
    expect(reasonOf(pattern)).toEqual(invalid(pattern, reason))
  })

  it.each([
    ['{}', 'Empty objects are not allowed'],
    ['{"detail": {}}', 'Empty objects are not allowed'],
    ['{"a": [["x"]]}', 'Match value must be String, number, true, false, or null'],
    ['{"a": [{}]}', 'Match expression name not found'],
    ['{"a": [{"constructor": "x"}]}', 'Unrecognized match type constructor'],
    ['{"a": [{"prefix": "x", "suffix": "y"}]}', 'Only one key allowed in match expression'],
    ['{"a": [{"prefix": {}}]}', 'Prefix expression name not found'],
    ['{"a": [{"prefix": {"wildcard": "x"}}]}', 'Unsupported prefix pattern: wildcard'],
    ['{"a": [{"suffix": {"equals-ignore-case": 1}}]}', 'equals-ignore-case match pattern must be a string'],
    ['{"a": [{"exists": "true"}]}', 'exists match pattern must be either true or false.'],
    ['{"a": [{"numeric": 5}]}', 'Value of numeric must be an array.'],
    ['{"a": [{"numeric": [5]}]}', 'Invalid member in numeric match: 5'],
    ['{"a": [{"numeric": ["!=", 5]}]}', 'Unrecognized numeric range operator: !='],
    ['{"a": [{"numeric": ["=", "5"]}]}', 'Value of equals must be numeric'],
    ['{"a": [{"numeric": ["<", 5, ">", 3]}]}', 'Too many elements in numeric expression'],
    ['{"a": [{"numeric": [">", 5, "<", 7, "<", 8]}]}', 'Too many terms in numeric range expression'],
    ['{"a": [{"numeric": [">", 5, "<", 4]}]}', 'Bottom must be less than top'],
    ['{"a": [{"anything-but": null}]}', 'Value of anything-but must be an array or single string/number value.'],
    ['{"a": [{"anything-but": [1, "a"]}]}', 'Inside anything but list, either all values are number or string, mixed type is not supported'],
    ['{"a": [{"anything-but": []}]}', 'Inside anything but list, either all values are number or string, mixed type is not supported'],
    ['{"a": [{"anything-but": [null]}]}', 'Inside anything but list, start|null|boolean is not supported.'],
    ['{"a": [{"anything-but": {"cidr": "10.0.0.0/8"}}]}', 'Unsupported anything-but pattern: cidr'],
    ['{"a": [{"anything-but": {}}]}', 'Anything-But expression name not found'],
    ['{"a": [{"anything-but": {"prefix": ""}}]}', 'Null prefix/suffix not allowed'],
    ['{"a": [{"wildcard": "a**"}]}', 'Consecutive wildcard characters at pos 2'],
    ['{"a": [{"wildcard": "a\\\\b"}]}', 'Invalid escape character at pos 2'],
    ['{"$or": {"a": [1]}}', 'It must be an Array followed with $or.'],
    ['{"$or": [{"a": [1]}]}', 'There must have at least 2 Objects in $or relationship.'],
    ['{"$or": [{"a": [1]}, 2]}', 'Only JSON object is allowed in array of $or relationship.'],
    ['{"$or": [{"numeric": [1]}, {"prefix": ["a"]}]}', 'numeric is Ruler reserved fieldName which cannot be used inside $or.'],
    ['{"a": ["b"', 'Unexpected end-of-input: expected close marker for Array'],
    ['{"a": ["b]}', 'Unexpected end-of-input: was expecting closing quote for a string value'],
    ['{"a": ["b",]}', 'Unexpected character (\']\' (code 93)): was expecting a valid value'],
    ['{"a" ["b"]}', 'Unexpected character (\'[\' (code 91)): was expecting a colon to separate field name and value'],
    ['{"a": ["b" "c"]}', 'Unexpected character (\'"\' (code 34)): was expecting comma to separate Array entries'],
    ['', 'Filter is not an object']
  ])('%s says: %s', (pattern, reason) => {
    expect(String(reasonOf(pattern)).slice(0, reason.length)).toBe(invalid(pattern, reason))
  })

  it('counts lines and cuts a long source in its place', () => {
    const pattern = `{\n  "${'a'.repeat(600)}": 1\n}`
    expect(reasonOf(pattern)).toBe(`"${'a'.repeat(600)}" must be an object or an array\n at [Source: (String)"${pattern.slice(0, 500)}"[truncated ${pattern.length - 500} chars]; line: 2, column: 608]`)
  })
})
