import {isObject} from '../guards'
import {checkFields, field, required, type Table} from './fields'
import {type Check, into, type Place, show, tell} from './place'
import {assign, bool, list, name, number, orJsonata, path, referencePath, template, text, timestamp} from './values'

const ordered = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals']

/** Comparisons of one kind of value, each also with a path to what is compared with. */
const comparisons = (kind: string, check: Check, operators = ordered): Table =>
  Object.fromEntries(operators.flatMap((operator) => [[`${kind}${operator}`, field(check)], [`${kind}${operator}Path`, field(referencePath)]]))

const comparators: Table = {
  ...comparisons('String', text),
  ...comparisons('Numeric', number(-Infinity)),
  ...comparisons('Boolean', bool, ['Equals']),
  ...comparisons('Timestamp', timestamp),
  StringMatches: field(text),
  ...Object.fromEntries(['Null', 'Present', 'Numeric', 'String', 'Boolean', 'Timestamp'].map((kind) => [`Is${kind}`, field(bool)]))
}

const nested: Check = (value, place) => checkRule(value, place, true)

const rule: Table = {
  ...comparators,
  Variable: field(path),
  And: field(list(nested, 1)),
  Or: field(list(nested, 1)),
  Not: field(nested),
  Next: field(name),
  Assign: field(assign),
  Comment: field(text)
}

const condition = orJsonata((value, place) => {
  if (typeof value !== 'boolean') {
    tell(place, 'an expression {% … %}, true or false', show(value), 'Write the condition in {% … %}.')
  }
})

const jsonataRule: Table = {
  Condition: required(condition),
  Next: required(name),
  Assign: field(assign),
  Output: field(template),
  Comment: field(text)
}

const checkRule = (value: unknown, place: Place, isNested = false): void => {
  if (!checkFields(value, rule, 'a choice rule', place)) {
    return
  }
  const tests = Object.keys(value).filter((key) => Object.hasOwn(comparators, key) || ['And', 'Or', 'Not'].includes(key))
  if (tests.length !== 1 && Object.keys(value).every((key) => Object.hasOwn(rule, key))) {
    tell(place, 'one comparison, or And, Or or Not', tests.join(' and ') || 'none', 'Write one; join several by And or Or.')
  } else if (Object.hasOwn(comparators, tests[0] ?? '') && value.Variable === undefined) {
    tell(place, `Variable beside ${tests[0]}`, 'none', 'Name what is compared.')
  }
  if (!isNested && value.Next === undefined) {
    tell(place, 'a choice rule to have Next', 'none', 'Say where the rule leads.')
  }
  for (const key of isNested ? ['Next', 'Assign'].filter((each) => Object.hasOwn(value, each)) : []) {
    tell(into(place, key), `${key} in the outermost rule alone`, 'it in a rule within And, Or or Not', `Move ${key} to the outermost rule.`)
  }
}

const topRule: Check = (value, place) => {
  if (place.isJsonata) {
    checkFields(value, jsonataRule, 'a choice rule', place)
  } else {
    if (isObject(value) && Object.hasOwn(value, 'Condition')) {
      tell(into(place, 'Condition'), 'a rule of JSONPath', 'Condition, which is for JSONata alone', 'Compare a Variable, or set QueryLanguage to JSONata.')
      return
    }
    checkRule(value, place)
  }
}

export const choices = list(topRule, 1)
