import type {Catcher, State} from 'asl-verify/definition'
import {choose} from './choice'
import {runtimeError} from './errors'
import {evaluate, select} from './expression'
import {PathMissing} from './json-path'
import type {ErrorOutput, QueryLanguage} from './query-language'
import {putAt} from './reference-path'
import type {Scope} from './scope'
import {fill} from './template'

/** InputPath and OutputPath: null gives an empty object. */
const narrowed = (path: string | null | undefined, scope: Scope, input: unknown): unknown => {
  if (path === null) {
    return {}
  }
  try {
    return path === undefined ? input : select(path, {...scope, input})
  } catch {
    throw runtimeError(`Invalid path '${path}' : No results for path: ${path}`)
  }
}

const result = ({ResultPath}: Pick<State, 'ResultPath'> | Catcher, input: unknown, value: unknown): unknown => {
  if (ResultPath === null) {
    return input
  }
  return ResultPath === undefined ? value : putAt(input, ResultPath, value)
}

const input = (state: State, scope: Scope): unknown => {
  const effective = narrowed(state.InputPath, scope, scope.input)
  return state.Parameters === undefined || state.Type === 'Map' ? effective : fill(state.Parameters, {...scope, input: effective})
}

const output = (state: State, scope: Scope, value: unknown): unknown => {
  const selected = state.ResultSelector === undefined ? value : fill(state.ResultSelector, {...scope, input: value})
  return narrowed(state.OutputPath, scope, result(state, scope.input, selected))
}

const passed = (state: State, scope: Scope) => {
  const effective = narrowed(state.InputPath, scope, scope.input)
  return {input: effective, output: narrowed(state.OutputPath, scope, effective)}
}

const member = (state: State, name: string, scope: Scope): unknown => {
  const path = state[`${name}Path`]
  if (typeof path !== 'string') {
    return state[name]
  }
  try {
    return evaluate(path, scope)
  } catch (error) {
    if (error instanceof PathMissing) {
      throw runtimeError(`Invalid path '${path}': The state's ${name}Path references an invalid value.`)
    }
    throw error
  }
}

const items = (state: State, scope: Scope): readonly unknown[] => {
  const path = state.ItemsPath ?? '$'
  const found = member({...state, ItemsPath: path}, 'Items', scope)
  if (!Array.isArray(found)) {
    throw runtimeError(`Reference path "${path}" must point to array.`)
  }
  return found
}

const item = (state: State, scope: Scope, value: unknown): unknown => {
  const template = state.ItemSelector ?? state.Parameters
  return template === undefined ? value : fill(template, scope)
}

/** https://states-language.net/#path: JSONPath, the language of a machine that names none. */
export const jsonPathLanguage: QueryLanguage = {
  input,
  output,
  passed,
  caught: (catcher: Catcher, scope: Scope, error: ErrorOutput) => result(catcher, scope.input, error),
  chosen: choose,
  member,
  items,
  item
}
