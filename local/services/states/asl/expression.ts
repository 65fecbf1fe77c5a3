import {type Call, type Expression, parseIntrinsic} from 'asl-verify/intrinsic'
import {describeError} from '../../../../shared/errors'
import {runtimeError, StatesError} from './errors'
import {intrinsics} from './intrinsic-functions'
import {PathMissing, query} from './json-path'
import type {Scope} from './scope'

/** `$…` looks into the input, `$$…` into the context object. Throws PathMissing. */
export const select = (path: string, scope: Scope): unknown => {
  if (!path.startsWith('$$')) {
    return query(path, scope.input)
  }
  try {
    return query(path.slice(1), scope.context)
  } catch {
    throw new PathMissing(path)
  }
}

const evaluateArgument = (expression: Expression, call: string, scope: Scope): unknown => {
  if (expression.kind === 'literal') {
    return expression.value
  }
  if (expression.kind === 'call') {
    return run(expression, scope)
  }
  try {
    return select(expression.text, scope)
  } catch {
    throw runtimeError(`The function '${call}' had the following error: The JsonPath argument for the field '${expression.text}' `
      + `could not be found in the input '${JSON.stringify(scope.input)}'`)
  }
}

const run = ({name, text, args}: Call, scope: Scope): unknown => {
  const intrinsic = intrinsics.get(`States.${name}`)
  const values = args.map((each) => evaluateArgument(each, text, scope))
  const [first] = args
  try {
    if (intrinsic === undefined) {
      throw new Error('there is no such function')
    }
    return intrinsic(values, scope, first?.kind === 'literal' ? first.raw : undefined)
  } catch (error) {
    throw new StatesError('States.IntrinsicFailure', `The function '${text}' had the following error: ${describeError(error)}`, true)
  }
}

const parsed = (text: string): Call => {
  try {
    return parseIntrinsic(text)
  } catch (error) {
    throw new StatesError('States.IntrinsicFailure', `The intrinsic function '${text}' is not valid: ${describeError(error)}`, true)
  }
}

/** The value of a path or of an intrinsic function. Throws PathMissing, States.IntrinsicFailure or States.Runtime. */
export const evaluate = (text: string, scope: Scope): unknown => {
  if (text.startsWith('$')) {
    return select(text, scope)
  }
  return run(parsed(text), scope)
}
