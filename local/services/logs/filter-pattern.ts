import {ServiceError} from '../../runtime/core/errors'
import {isObject, parsedJson} from '../../../shared/json'
import {fitsStars} from '../../../shared/wildcard'

/** Whether a message fits a filter pattern. */
export type Fits = (message: string) => boolean

const refused = (pattern: string, why: string): ServiceError =>
  new ServiceError('InvalidParameterException', `Invalid filter pattern '${pattern}': ${why}`)

/** The value at `$.a.b[0]`. */
const valueAt = (document: unknown, selector: string): unknown => [...selector.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].reduce<unknown>(
  (value, [, name, index]) => Array.isArray(value) ? value[Number(index)] : isObject(value) && name !== undefined ? value[name] : undefined, document)

const compare: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '<': (one, other) => one < other, '>': (one, other) => one > other, '<=': (one, other) => one <= other, '>=': (one, other) => one >= other
}

const isEqual = (value: unknown, quoted: string | undefined, bare: string): boolean => quoted !== undefined || !/^-?\d+(\.\d+)?$/.test(bare)
  ? fitsStars(String(value), quoted ?? bare)
  : typeof value === 'number' && value === Number(bare)

const condition = /^\s*\$((?:\.[\w-]+|\[\d+\])+)\s*(=|!=|<=|>=|<|>)\s*(?:"([^"]*)"|([\w.*-]+))\s*$/

const readCondition = (text: string, pattern: string): (document: unknown) => boolean => {
  const [, selector, operator = '', quoted, bare = ''] = condition.exec(text) ?? []
  if (selector === undefined) {
    throw refused(pattern, 'the embedded CloudWatch Logs takes comparisons like $.level = "ERROR", joined by && or by ||.')
  }
  const holds = compare[operator]
  return (document) => {
    const value = valueAt(document, selector)
    if (holds !== undefined) {
      return typeof value === 'number' && holds(value, Number(quoted ?? bare))
    }
    return value !== undefined && isEqual(value, quoted, bare) === (operator === '=')
  }
}

const jsonPattern = (pattern: string): Fits => {
  const inside = pattern.trim().slice(1, -1)
  if (inside.includes('&&') && inside.includes('||')) {
    throw refused(pattern, 'the embedded CloudWatch Logs takes && or ||, not both.')
  }
  const all = !inside.includes('||')
  const conditions = inside.split(all ? '&&' : '||').map((part) => readCondition(part, pattern))
  return (message) => {
    const document = parsedJson(message)
    return isObject(document) && (all ? conditions.every((holds) => holds(document)) : conditions.some((holds) => holds(document)))
  }
}

/** Words that must be there, `-words` that must not, and `?words` of which one must. */
const wordPattern = (pattern: string): Fits => {
  const words = [...pattern.matchAll(/([?-]?)(?:"([^"]*)"|(\S+))/g)].map(([, sign = '', quoted, bare]) => ({sign, word: quoted ?? bare ?? ''}))
  const signed = (sign: string): string[] => words.filter((each) => each.sign === sign).map(({word}) => word)
  const [wanted, unwanted, any] = [signed(''), signed('-'), signed('?')]
  return (message) => wanted.every((word) => message.includes(word)) && !unwanted.some((word) => message.includes(word))
    && (any.length === 0 || wanted.length > 0 || any.some((word) => message.includes(word)))
}

/**
 * Reads a pattern of words or of comparisons in JSON. Throws InvalidParameterException for one of fields in brackets or with a regular
 * expression. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const readFilterPattern = (pattern = ''): Fits => {
  const trimmed = pattern.trim()
  if (/^\[|%/.test(trimmed)) {
    throw refused(pattern, 'the embedded CloudWatch Logs does not speak patterns of fields or regular expressions.')
  }
  return trimmed.startsWith('{') && trimmed.endsWith('}') ? jsonPattern(trimmed) : wordPattern(trimmed)
}
