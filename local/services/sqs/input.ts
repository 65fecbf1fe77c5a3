import type {Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {requiredString} from '../../runtime/core/json'

/** A whole number from 0 to a maximum. Throws InvalidParameterValue. */
export const integer = (input: Json, name: string, otherwise: number, maximum: number): number => {
  const value = input[name] ?? otherwise
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > maximum) {
    throw new ServiceError('InvalidParameterValue', `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between 0 and ${maximum}.`)
  }
  return value
}

/** Throws MissingParameter, InvalidParameterValue. */
export const messageBody = (input: Json, maximumBytes: number): string => {
  const body = requiredString(input, 'MessageBody', 'MissingParameter')
  if (Buffer.byteLength(body) > maximumBytes) {
    throw new ServiceError('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${maximumBytes} bytes.`)
  }
  return body
}
