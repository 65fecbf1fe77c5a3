import type {ChoiceRule, State} from 'asl-verify/definition'
import {comparisons} from './comparisons'
import {runtimeError} from './errors'
import {select} from './expression'
import {parseSteps} from './json-path'
import type {Scope} from './scope'

const notComparisons = new Set(['Variable', 'Next', 'And', 'Or', 'Not', 'Comment', 'Assign'])

const valueAt = (path: string, scope: Scope): unknown => {
  try {
    return select(path, scope)
  } catch {
    throw runtimeError(`Invalid path '${path}': The choice state's condition path references an invalid value.`)
  }
}

const isPresent = (path: string, scope: Scope): boolean => {
  try {
    const found = select(path, scope)
    return !Array.isArray(found) || parseSteps(path) !== undefined || found.length > 0
  } catch {
    return false
  }
}

const compare = (name: string, rule: ChoiceRule, scope: Scope): boolean => {
  const variable = rule.Variable!
  if (name === 'IsPresent') {
    return isPresent(variable, scope) === rule[name]
  }
  const value = valueAt(variable, scope)
  const byPath = name.endsWith('Path')
  const comparison = comparisons.get(byPath ? name.slice(0, -4) : name)
  if (comparison === undefined) {
    throw runtimeError(`The choice rule's comparison '${name}' is not known.`)
  }
  return comparison(value, byPath ? valueAt(String(rule[name]), scope) : rule[name])
}

const meets = (rule: ChoiceRule, scope: Scope): boolean => {
  if (rule.And !== undefined) {
    return rule.And.every((each) => meets(each, scope))
  }
  if (rule.Or !== undefined) {
    return rule.Or.some((each) => meets(each, scope))
  }
  if (rule.Not !== undefined) {
    return !meets(rule.Not, scope)
  }
  const name = Object.keys(rule).find((member) => !notComparisons.has(member))
  return name !== undefined && compare(name, rule, scope)
}

/** The state that the first rule met points to, else the default; undefined if there is neither. */
export const choose = ({Choices = [], Default}: State, scope: Scope): string | undefined =>
  Choices.find((rule) => meets(rule, scope))?.Next ?? Default
