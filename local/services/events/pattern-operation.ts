import {isObject, type Json} from '../../../shared/json'
import {eventTextFields} from '../../../shared/patterns/event-fields'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {eventPattern, requiredText} from './api-constraints'
import {nestsDeeper, NESTING} from './entry'
import {compilePattern} from './pattern'

/** What every event has on AWS; the pattern need not ask for it. */
const required = ['id', 'detail-type', 'source', 'account', 'time', 'region'] as const

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

const isTime = (text: unknown): boolean => TIME.test(String(text)) && !Number.isNaN(Date.parse(String(text)))

const isWhole = (event: unknown): boolean =>
  isObject(event) && required.every((name) => typeof event[name] === 'string') && isTime(event['time']) && !nestsDeeper(event, NESTING)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** TestEventPattern: whether an event meets a pattern, without any rule. */
export const testEventPattern = (input: Json): Json => {
  checkConstraints(input, {EventPattern: {...eventPattern, required: true}, Event: requiredText})
  const text = String(input['Event'])
  if (!isWhole(parse(text))) {
    throw new ServiceError('ValidationException', 'Parameter Event is not valid.')
  }
  return {Result: compilePattern(String(input['EventPattern']))(eventTextFields(text))}
}
