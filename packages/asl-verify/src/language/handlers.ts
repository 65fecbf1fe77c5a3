import {isObject} from '../guards'
import {checkFields, field, inJsonata, inJsonPath, required, type Table} from './fields'
import {type Check, into, tell} from './place'
import {assign, integer, list, maxSeconds, name, number, keyword, resultPath, template, text} from './values'

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const longestDelay = 31_622_399

const errorEquals = required(list(name, 1))

const retrier: Table = {
  ErrorEquals: errorEquals,
  IntervalSeconds: field(integer(1, maxSeconds)),
  MaxAttempts: field(integer(0, maxSeconds)),
  BackoffRate: field(number(1)),
  MaxDelaySeconds: field(integer(1, longestDelay)),
  JitterStrategy: field(keyword('FULL', 'NONE')),
  Comment: field(text)
}

const catcher: Table = {
  ErrorEquals: errorEquals,
  Next: required(name),
  ResultPath: inJsonPath(resultPath),
  Output: inJsonata(template),
  Assign: field(assign),
  Comment: field(text)
}

const checkRetrier: Check = (value, place) => {
  if (!checkFields(value, retrier, 'a retrier', place)) {
    return
  }
  const {IntervalSeconds: interval = 1, MaxDelaySeconds: delay} = value
  if (typeof delay === 'number' && typeof interval === 'number' && delay >= 1 && delay <= interval) {
    tell(into(place, 'MaxDelaySeconds'), `more than the interval of ${interval} s`, `${delay} s`, 'Raise MaxDelaySeconds or remove it.')
  }
}

/** States.ALL takes what is left: alone, and last. */
const checkAll: Check = (value, place) => {
  const entries: readonly unknown[] = Array.isArray(value) ? value : []
  entries.forEach((entry, index) => {
    const names: unknown = isObject(entry) ? entry.ErrorEquals : undefined
    if (Array.isArray(names) && names.includes('States.ALL') && (names.length > 1 || index < entries.length - 1)) {
      const found = names.length > 1 ? 'it beside other names' : `it in entry ${index + 1} of ${entries.length}`
      tell(into(place, index), 'States.ALL alone, in the last entry', found, 'Give it an entry of its own at the end.', 'states-all')
    }
  })
}

const handlers = (check: Check): Check => (value, place) => {
  list(check)(value, place)
  checkAll(value, place)
}

export const retry = handlers(checkRetrier)
export const catches = handlers((value, place) => {
  checkFields(value, catcher, 'a catcher', place)
})
