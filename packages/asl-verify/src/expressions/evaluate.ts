import {describeError} from '../guards'
import {type Expression, parseIntrinsic} from '../intrinsic'
import {shapeOfLiteral} from '../shape/literal'
import {lookUp, parsePath} from '../shape/path'
import {blamed, type Shape} from '../shape/shape'
import {countFault, intrinsics} from './intrinsics'
import {demand, type Scope} from './scope'

/** The value of `$…`, `$$…` or `States.…(…)`; reports what cannot be there or is called in the wrong way. */
export const evaluate = (text: string, pointer: string, scope: Scope): Shape => {
  if (text.startsWith('$')) {
    return valueAt(text, pointer, scope)
  }
  try {
    return evaluateExpression(parseIntrinsic(text), pointer, scope)
  } catch (error) {
    scope.report('intrinsic', pointer, `Expected a call of an intrinsic function; found '${text}', in which ${describeError(error)}. Write States.Name(…) with strings in single quotes.`)
    return blamed
  }
}

/** The value at a path, which must be there. */
export const valueAt = (text: string, pointer: string, scope: Scope): Shape => {
  const isContext = text.startsWith('$$')
  const path = parsePath(text.slice(isContext ? 2 : 1))
  if (path === undefined) {
    scope.report('syntax', pointer, `Expected a path such as $.fileId; found '${text}'. Fix the path.`)
    return blamed
  }
  const {shape, isOptional} = lookUp(isContext ? scope.context : scope.input, path)
  if (shape === undefined) {
    scope.report('path-absent', pointer, `Expected a value at ${text}; found none there, whichever way the state is reached. Name a path that an earlier state writes.`)
  } else if (isOptional) {
    scope.report('path-maybe-absent', pointer, `Expected a value at ${text} in every case; found that it may be absent. Write it on every way to this state, or ask for IsPresent first.`)
  }
  return shape ?? blamed
}

const evaluateExpression = (expression: Expression, pointer: string, scope: Scope): Shape => {
  switch (expression.kind) {
    case 'path':
      return valueAt(expression.text, pointer, scope)
    case 'literal':
      return shapeOfLiteral(expression.raw ?? expression.value)
    case 'call':
      return evaluateCall(expression.name, expression.args.map((each) => evaluateExpression(each, pointer, scope)), pointer, scope)
  }
}

const evaluateCall = (name: string, args: readonly Shape[], pointer: string, scope: Scope): Shape => {
  const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined
  if (intrinsic === undefined) {
    scope.report('intrinsic', pointer, `Expected one of ${Object.keys(intrinsics).join(', ')}; found States.${name}. Call a function that exists.`)
    return blamed
  }
  const {takes, rest, gives} = intrinsic
  const fault = countFault(name, args)
  if (fault !== undefined) {
    scope.report('intrinsic', pointer, fault)
  }
  args.forEach((arg, index) => {
    const wanted = index < takes.length ? takes[index] : rest
    if (wanted !== undefined && wanted !== 'any') {
      demand(scope, arg, wanted, pointer)
    }
  })
  return gives(args)
}
