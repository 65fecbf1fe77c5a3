import {isObject, type Json} from '../../../../shared/json'
import type {Scope} from './scope'

/** `raw` is the first argument as the definition has it, if that is a text. */
export type Intrinsic = (args: readonly unknown[], scope: Scope, raw?: string) => unknown

/** Checks of an intrinsic function's arguments; they throw plain errors, which become States.IntrinsicFailure. */
export const checkCount = (args: readonly unknown[], least: number, most = least): void => {
  if (args.length < least || args.length > most) {
    throw new Error(`it takes ${least === most ? least : `${least} to ${most}`} arguments, not ${args.length}`)
  }
}

export const arrayAt = (args: readonly unknown[], index: number): readonly unknown[] => {
  const value = args[index]
  if (!Array.isArray(value)) {
    throw new Error(`argument ${index + 1} must be an array`)
  }
  return value
}

export const textAt = (args: readonly unknown[], index: number, longest = Number.POSITIVE_INFINITY): string => {
  const value = args[index]
  if (typeof value !== 'string') {
    throw new Error(`argument ${index + 1} must be a string`)
  }
  if (value.length > longest) {
    throw new Error(`argument ${index + 1} has more than ${longest} characters`)
  }
  return value
}

/** Numbers that are no integers are rounded, as Step Functions does. */
export const integerAt = (args: readonly unknown[], index: number, least = Number.NEGATIVE_INFINITY): number => {
  const value = args[index]
  if (typeof value !== 'number' || Math.round(value) < least) {
    throw new Error(`argument ${index + 1} must be a number${least === Number.NEGATIVE_INFINITY ? '' : ` of at least ${least}`}`)
  }
  return Math.round(value)
}

export const objectAt = (args: readonly unknown[], index: number): Json => {
  const value = args[index]
  if (!isObject(value)) {
    throw new Error(`argument ${index + 1} must be an object`)
  }
  return value
}
