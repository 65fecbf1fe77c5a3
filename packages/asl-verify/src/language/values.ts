import {isObject} from '../guards'
import {isFilledIn, isPath, isReferencePath, isResultPath} from './path'
import {checkJsonata, isJsonata} from './jsonata'
import {type Check, into, must, show, tell} from './place'
import {checkIntrinsic} from './intrinsic-call'

const isText = (value: unknown): value is string => typeof value === 'string'

export const anything: Check = () => {}
export const text = must('a string', isText, 'Write a string.')
export const name = must('a string that is not empty', (value) => isText(value) && value !== '', 'Write a name.')
export const bool = must('true or false', (value) => typeof value === 'boolean', 'Write it without quotes.')
export const object = must('an object', isObject, 'Write an object.')

/** The largest number of seconds that Step Functions takes. */
export const maxSeconds = 99_999_999

const range = (least: number, most: number): string => most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`
const isWithin = (value: unknown, least: number, most: number): boolean => typeof value === 'number' && value >= least && value <= most

export const number = (least: number, most = Infinity): Check =>
  must(`a number ${range(least, most)}`, (value) => isWithin(value, least, most), 'Write such a number, without quotes.')

export const integer = (least: number, most = Infinity): Check =>
  must(`a whole number ${range(least, most)}`, (value) => isWithin(value, least, most) && Number.isInteger(value), 'Write such a number, without quotes.')

export const keyword = (...values: readonly string[]): Check =>
  must(values.map((value) => `"${value}"`).join(' or '), (value) => isText(value) && (values.includes(value) || isFilledIn(value)), 'Write one of them.')

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/
export const timestamp = must('a time in RFC 3339, such as 2026-03-14T01:59:00Z',
  (value) => isText(value) && (isFilledIn(value) || (rfc3339.test(value) && !Number.isNaN(Date.parse(value)))), 'Write the whole time with its zone.')

export const path = must('a path such as $.order.id', (value) => isText(value) && isPath(value), 'Begin it with $ and write each step.')
export const pathOrNull = must('a path such as $.order, or null', (value) => value === null || (isText(value) && isPath(value)), 'Begin it with $.')
export const referencePath = must('a path to one value, such as $.order.id', (value) => isText(value) && isReferencePath(value),
  'Begin it with $ and name one value: no wildcard, slice or filter.')
export const resultPath = must('a path into the state\'s input, such as $.result, or null', (value) => value === null || (isText(value) && isResultPath(value)),
  'Begin it with $. and name one place: not the context object ($$), a variable, a wildcard or a filter.')

/** In a JSONata state an expression may stand for the value. */
export const orJsonata = (check: Check): Check => (value, place) =>
  place.isJsonata && isText(value) && isJsonata(value) ? checkJsonata(value, place) : check(value, place)

export const list = (check: Check, least = 0): Check => (value, place) => {
  if (!Array.isArray(value) || value.length < least) {
    tell(place, least > 0 ? 'a list that is not empty' : 'a list', show(value), 'Write at least one entry in brackets.')
    return
  }
  value.forEach((each, index) => check(each, into(place, index)))
}

/** A JSONata value: text of the form `{% … %}` at any depth is an expression. */
const jsonataValue: Check = (value, place) => {
  if (isText(value)) {
    checkJsonata(value, place)
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, each]) => jsonataValue(each, into(place, key)))
  }
}

/** A payload template of JSONPath: a field whose name ends in `.$` holds a path or a call. */
const pathTemplate: Check = (value, place) => {
  if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, each]) => (key.endsWith('.$') && !Array.isArray(value) ? expression : pathTemplate)(each, into(place, key)))
  }
}

export const expression: Check = (value, place) => {
  if (isText(value) && /^States\.\w/.test(value)) {
    checkIntrinsic(value, place)
  } else if (!isText(value) || !isPath(value)) {
    tell(place, 'a path such as $.id or a call such as States.UUID()', show(value), 'Begin it with $ or States., or drop .$ from the field\'s name.')
  }
}

/** A value with expressions of the state's language in it. */
export const template: Check = (value, place) => (place.isJsonata ? jsonataValue : pathTemplate)(value, place)

/** The variables that a state assigns. */
export const assign: Check = (value, place) => {
  if (!isObject(value)) {
    object(value, place)
    return
  }
  for (const key of Object.keys(value)) {
    const variable = place.isJsonata ? key : key.replace(/\.\$$/, '')
    if (!/^[\p{ID_Start}][\p{ID_Continue}]{0,79}$/u.test(variable) || variable === 'states') {
      tell(into(place, key), 'a variable\'s name: a letter, then letters, digits or _, 80 at most, and not "states"', show(variable), 'Rename the variable.')
    }
  }
  template(value, place)
}
