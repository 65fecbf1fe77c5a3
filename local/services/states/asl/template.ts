import {runtimeError} from './errors'
import {evaluate} from './expression'
import {PathMissing} from './json-path'
import type {Scope} from './scope'

const field = (name: string, text: unknown, scope: Scope): unknown => {
  if (typeof text !== 'string') {
    throw runtimeError(`The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`)
  }
  try {
    return evaluate(text, scope)
  } catch (error) {
    if (error instanceof PathMissing) {
      const input = JSON.stringify(text.startsWith('$$') ? scope.context : scope.input)
      throw runtimeError(`The JSONPath '${text}' specified for the field '${name}' could not be found in the input '${input}'`)
    }
    throw error
  }
}

/** Fills a payload template: each member whose name ends in `.$` by what its path or function gives. */
export const fill = (template: unknown, scope: Scope): unknown => {
  if (Array.isArray(template)) {
    return template.map((item) => fill(item, scope))
  }
  if (typeof template !== 'object' || template === null) {
    return template
  }
  return Object.fromEntries(Object.entries(template).map(([name, value]) =>
    name.endsWith('.$') ? [name.slice(0, -2), field(name, value, scope)] : [name, fill(value, scope)]))
}
