import type {Json} from '../../../shared/json'
import {ServiceError} from './errors'

/** What a service's model demands of one member of an input. */
export interface Constraint {
  readonly required?: boolean
  readonly type?: 'string' | 'number' | 'list' | 'object' | 'boolean'
  /** Length of a string or list, value of a number. */
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
}

export type Constraints = Readonly<Record<string, Constraint>>

const measure = (value: unknown): number | undefined => {
  if (typeof value === 'number') {
    return value
  }
  return typeof value === 'string' || Array.isArray(value) ? value.length : undefined
}

const typed = (value: unknown, type: Constraint['type']): boolean => {
  if (type === 'list') {
    return Array.isArray(value)
  }
  return type === undefined || (typeof value === type && !Array.isArray(value))
}

const bounds = (value: unknown, {min, max}: Constraint): string[] => {
  const size = measure(value)
  const what = typeof value === 'number' ? 'value' : 'length'
  return [
    ...(min !== undefined && size !== undefined && size < min ? [`Member must have ${what} greater than or equal to ${min}`] : []),
    ...(max !== undefined && size !== undefined && size > max ? [`Member must have ${what} less than or equal to ${max}`] : [])
  ]
}

const faults = (value: unknown, constraint: Constraint): string[] => [
  ...bounds(value, constraint),
  ...(constraint.pattern !== undefined && typeof value === 'string' && !new RegExp(`^(?:${constraint.pattern})$`).test(value)
    ? [`Member must satisfy regular expression pattern: ${constraint.pattern}`]
    : []),
  ...(constraint.enum !== undefined && !constraint.enum.includes(String(value)) ? [`Member must satisfy enum value set: [${constraint.enum.join(', ')}]`] : [])
]

const shown = (value: unknown): string => typeof value === 'string' ? value : JSON.stringify(value)

const findFaults = (input: Json, [name, constraint]: [string, Constraint]): string[] => {
  const value = input[name]
  const path = name[0]?.toLowerCase() + name.slice(1)
  if (value === undefined || value === null) {
    return constraint.required ? [`Value null at '${path}' failed to satisfy constraint: Member must not be null`] : []
  }
  if (!typed(value, constraint.type)) {
    throw new ServiceError('SerializationException', `Expected '${name}' to be a ${constraint.type}.`)
  }
  return faults(value, constraint).map((fault) => `Value '${shown(value)}' at '${path}' failed to satisfy constraint: ${fault}`)
}

/** Throws ValidationException with every fault at once, in the words of AWS's front. */
export const checkConstraints = (input: Json, constraints: Constraints): void => {
  const found = Object.entries(constraints).flatMap((entry) => findFaults(input, entry))
  if (found.length > 0) {
    throw new ServiceError('ValidationException', `${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`)
  }
}
