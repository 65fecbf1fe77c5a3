import {isObject, type Json} from '../../../../shared/json'
import {StatesError} from './errors'
import {parseSteps} from './json-path'

const refuse = (path: string, document: unknown): never => {
  throw new StatesError('States.ResultPathMatchFailure', `Unable to apply ReferencePath ${path} to input ${JSON.stringify(document)}`, true)
}

const put = (target: unknown, [step, ...rest]: ReadonlyArray<string | number>, value: unknown, failed: () => never): unknown => {
  if (step === undefined) {
    return value
  }
  if (typeof step === 'number') {
    return Array.isArray(target) && step >= 0 && step < target.length
      ? target.with(step, put(target[step], rest, value, failed))
      : failed()
  }
  if (target !== undefined && !isObject(target)) {
    return failed()
  }
  const members: Json = target ?? {}
  return {...members, [step]: put(Object.hasOwn(members, step) ? members[step] : undefined, rest, value, failed)}
}

/** A copy of the document with a value at a path; objects on the way are made. Throws States.ResultPathMatchFailure. */
export const putAt = (document: unknown, path: string, value: unknown): unknown => {
  const steps = parseSteps(path)
  return steps === undefined ? refuse(path, document) : put(document, steps, value, () => refuse(path, document))
}
