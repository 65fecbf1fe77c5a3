import type {ChoiceRule} from '../definition'
import {describe, type Demand, demandWord, satisfies} from '../shape/describe'
import {join} from '../shape/join'
import {lookUp, parsePath, placeAt, removeAt} from '../shape/path'
import {alternatives, any, type Field, literalString, type Shape} from '../shape/shape'
import {valueAt} from './evaluate'
import type {Scope} from './scope'

/** The comparison of a rule; a rule has one. */
const findComparison = (rule: ChoiceRule): [string, unknown] | undefined => Object.entries(rule).find(([name]) => /^(String|Numeric|Boolean|Timestamp|Is)[A-Z]/.test(name))

const toDemand = (comparison: string): Demand | undefined =>
  comparison.startsWith('String') ? 'string' : comparison.startsWith('Numeric') ? 'number' : comparison.startsWith('Boolean') ? 'boolean' : comparison.startsWith('Timestamp') ? 'date-time' : undefined

/** Checks a rule against the data, and returns the data as it is when the rule holds. */
export const whereHolds = (rule: ChoiceRule, pointer: string, scope: Scope): Shape => {
  if (rule.And !== undefined) {
    return rule.And.reduce((input, each, index) => whereHolds(each, `${pointer}/And/${index}`, {...scope, input}), scope.input)
  }
  if (rule.Or !== undefined) {
    const branches: Shape[] = []
    rule.Or.reduce((input, each, index) => {
      branches.push(whereHolds(each, `${pointer}/Or/${index}`, {...scope, input}))
      return whereFails(each, input)
    }, scope.input)
    return join(...branches)
  }
  if (rule.Not !== undefined) {
    whereHolds(rule.Not, `${pointer}/Not`, scope)
    return whereFails(rule.Not, scope.input)
  }
  return whereComparisonHolds(rule, pointer, scope)
}

const whereComparisonHolds = (rule: ChoiceRule, pointer: string, scope: Scope): Shape => {
  const [comparison = '', operand] = findComparison(rule) ?? []
  const path = parsePath((rule.Variable ?? '$').slice(1))
  if (comparison === 'IsPresent') {
    if (operand === true && path !== undefined && lookUp(scope.input, path).shape === undefined) {
      scope.report('choice-never', `${pointer}/${comparison}`,
        `Expected a rule that may match; found IsPresent, while ${rule.Variable} is never there. Ask for a path that may be.`)
    }
    return presence(scope.input, path?.segments ?? [], operand === true)
  }
  const wanted = toDemand(comparison)
  const variable = valueAt(rule.Variable ?? '$', `${pointer}/Variable`, scope)
  if (wanted !== undefined && !satisfies(variable, wanted)) {
    scope.report('choice-type', `${pointer}/${comparison}`, `Expected ${rule.Variable} to be ${demandWord[wanted]} for ${comparison}; found ${describe(variable)}, which never matches. Compare by the operator of its type.`)
  }
  if (wanted !== undefined && comparison.endsWith('Path')) {
    const other = valueAt(String(operand), `${pointer}/${comparison}`, scope)
    if (!satisfies(other, wanted)) {
      scope.report('choice-type', `${pointer}/${comparison}`, `Expected ${String(operand)} to be ${demandWord[wanted]} for ${comparison}; found ${describe(other)}. Compare values of one type.`)
    }
  }
  if (neverMatches(variable, comparison, operand)) {
    scope.report('choice-never', `${pointer}/${comparison}`,
      `Expected a rule that may match; found ${comparison} ${JSON.stringify(operand)}, while ${rule.Variable} is ${describe(variable)}. Compare with what it can be.`)
  }
  const narrowed = narrow(variable, comparison, operand)
  return narrowed === undefined || path === undefined || path.many || rule.Variable?.startsWith('$$')
    ? scope.input
    : placeAt(scope.input, path.segments, {shape: narrowed, optional: false})
}

/** The data as it is when a rule does not hold; only a test of presence says anything then. */
export const whereFails = (rule: ChoiceRule, input: Shape): Shape => {
  const path = parsePath((rule.Variable ?? '$').slice(1))
  if (rule.Or !== undefined) {
    return rule.Or.reduce((each, inner) => whereFails(inner, each), input)
  }
  return typeof rule.IsPresent === 'boolean' ? presence(input, path?.segments ?? [], !rule.IsPresent) : input
}

const presence = (input: Shape, segments: readonly (string | number)[], isPresent: boolean): Shape => {
  if (!isPresent) {
    return removeAt(input, segments)
  }
  const {shape} = lookUp(input, {segments, many: false, selectedAt: -1})
  const field: Field = {shape: shape ?? any, optional: false}
  return segments.length === 0 ? input : placeAt(input, segments, field)
}

/** What a value must be when a comparison holds; undefined if that says nothing more. */
const narrow = (variable: Shape, comparison: string, operand: unknown): Shape | undefined => {
  if (comparison === 'StringEquals' && typeof operand === 'string') {
    return literalString(operand)
  }
  if (comparison === 'StringMatches' && typeof operand === 'string') {
    return narrowToJson(variable, operand)
  }
  const kinds = ({IsString: 'string', IsNumeric: 'number', IsBoolean: 'boolean', IsNull: 'null', IsTimestamp: 'string'} as Record<string, string>)[comparison]
  const kept = alternatives(variable).filter(({kind}) => kind === kinds)
  return operand === true && kinds !== undefined && kept.length > 0 ? join(...kept) : undefined
}

const fieldsIn = (pattern: unknown): string[] =>
  typeof pattern === 'string' && /^\{.*\}$/s.test(pattern) ? [...pattern.matchAll(/"(\w+)":/g)].map(([, name]) => name!) : []

/** The fields of JSON text, in the order in which they are written; undefined of any other value. */
const writtenFields = (shape: Shape): string[] | undefined =>
  shape.kind === 'string' && shape.json?.kind === 'object' ? Object.keys(shape.json.fields) : undefined

/** A pattern such as `{"errorType":*,…}` holds for JSON text alone, with these fields in this order. */
const narrowToJson = (variable: Shape, pattern: string): Shape | undefined => {
  const fields = fieldsIn(pattern)
  if (fields.length === 0) {
    return undefined
  }
  const known = alternatives(variable).filter((each) => isInOrder(fields, writtenFields(each) ?? []))
  const guess: Shape = {kind: 'object', open: true, fields: Object.fromEntries(fields.map((name) => [name, {shape: any, optional: false}]))}
  return known.length > 0 ? join(...known) : {kind: 'string', json: guess}
}

const isInOrder = (fields: readonly string[], written: readonly string[]): boolean =>
  fields.every((name, index) => written.indexOf(name) > (index === 0 ? -1 : written.indexOf(fields[index - 1]!)))

/** Whether nothing that the value can be meets a comparison. */
const neverMatches = (variable: Shape, comparison: string, operand: unknown): boolean => {
  const all = alternatives(variable)
  const fields = comparison === 'StringMatches' ? fieldsIn(operand) : []
  const jsons = all.map(writtenFields).filter((written) => written !== undefined)
  return comparison === 'StringEquals'
    ? all.every((each) => each.kind === 'string' && each.values?.some((value) => value === operand) === false)
    : fields.length > 0 && jsons.length > 0 && !jsons.some((written) => isInOrder(fields, written))
}
