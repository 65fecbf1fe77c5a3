import {isObject, type Json} from '../../../shared/json'
import {ServiceError} from './errors'

/** The text as a JSON object. Throws SerializationException. */
export const parseObject = (text: string): Json => {
  let value: unknown
  try {
    value = JSON.parse(text === '' ? '{}' : text)
  } catch {
    throw new ServiceError('SerializationException', 'Expected the body to be JSON.')
  }
  if (!isObject(value)) {
    throw new ServiceError('SerializationException', 'Expected the body to be a JSON object.')
  }
  return value
}

/** A member that must be a non-empty string. Throws ValidationException. */
export const requiredString = (input: Json, name: string, code = 'ValidationException'): string => {
  const value = input[name]
  if (typeof value !== 'string' || value === '') {
    throw new ServiceError(code, `Expected ${name} to be a string that is not empty.`)
  }
  return value
}

export const optionalString = (input: Json, name: string): string | undefined => {
  const value = input[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
