import {alternatives, type Shape} from './shape'

/** A shape in words, for sentences. */
export const describe = (shape: Shape): string => {
  const words = [...new Set(alternatives(shape).map(describeOne))]
  return words.length === 0 ? 'nothing' : words.join(' or ')
}

const describeOne = (shape: Shape): string => {
  switch (shape.kind) {
    case 'string':
      return shape.format === 'date-time' ? 'an ISO time' : shape.format === 'arn' ? 'an ARN' : shape.json ? 'JSON text' : textWord(shape.values, shape.format)
    case 'array':
      return `a list of ${describe(shape.items)}`
    case 'object':
      return `an object {${Object.keys(shape.fields).slice(0, 6).join(', ')}}`
    default:
      return {any: 'anything', number: 'a number', boolean: 'a boolean', null: 'null', union: ''}[shape.kind]
  }
}

const textWord = (values: readonly string[] | undefined, format: string | undefined): string =>
  values?.length === 1 ? `the string '${values[0]}'` : format === undefined ? 'a string' : `a string (${format})`

/** Kinds of value a place may demand. */
export type Demand = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'date-time' | 'scalar'

const meets: Readonly<Record<Demand, (shape: Shape) => boolean>> = {
  string: ({kind}) => kind === 'string',
  number: ({kind}) => kind === 'number',
  boolean: ({kind}) => kind === 'boolean',
  array: ({kind}) => kind === 'array',
  object: ({kind}) => kind === 'object',
  'date-time': (shape) => shape.kind === 'string' && shape.format === 'date-time',
  scalar: ({kind}) => kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'null'
}

export const demandWord: Readonly<Record<Demand, string>> = {
  string: 'a string', number: 'a number', boolean: 'a boolean', array: 'a list', object: 'an object',
  'date-time': 'an ISO 8601 time as a string', scalar: 'a string, number or boolean'
}

/** Whether a value surely is what is demanded; of an unknown value nothing can be said, so it passes. */
export const satisfies = (shape: Shape, demand: Demand): boolean =>
  alternatives(shape).every((each) => each.kind === 'any' || meets[demand](each))
