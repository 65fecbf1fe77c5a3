import {join} from '../shape/join'
import {alternatives, any, arrayOf, boolean, numeric, objectOf, type Shape} from '../shape/shape'

/** A value as DynamoDB's JSON has it: `{"S": …}`. */
export const attributeOf = (shape: Shape): Shape => {
  const all = alternatives(shape)
  const strings = all.filter(({kind}) => kind === 'string')
  const others = all.filter(({kind}) => kind !== 'string').map(attributeOfOne)
  return join(...others, ...(strings.length === 0 ? [] : [objectOf({S: join(...strings)})]))
}

const attributeOfOne = (shape: Shape): Shape => {
  switch (shape.kind) {
    case 'number':
      return objectOf({N: numeric})
    case 'boolean':
      return objectOf({BOOL: boolean})
    case 'null':
      return objectOf({NULL: boolean})
    case 'array':
      return objectOf({L: arrayOf(attributeOf(shape.items))})
    case 'object':
      return objectOf({M: itemOf(shape)})
    default:
      return any
  }
}

/** An object's fields as attributes. */
export const itemOf = (shape: Shape): Shape => shape.kind === 'object'
  ? {...shape, fields: Object.fromEntries(Object.entries(shape.fields).map(([name, {shape: field, optional}]) =>
      [name, {shape: attributeOf(field), optional}]))}
  : any

/** DynamoDB's type of a value of ours; undefined if it may be several. */
export const tagOf = (shape: Shape): string | undefined => {
  const tags = new Set(alternatives(shape).map(({kind}) => ({string: 'S', number: 'N', boolean: 'BOOL', null: 'NULL', array: 'L', object: 'M', any: undefined})[kind]))
  return tags.size === 1 ? [...tags][0] : undefined
}

/** The types of a template's attribute values; what they hold is left out. */
export const valuesWithTypes = (values: unknown): Shape => objectOf(Object.fromEntries(entriesOf(values).map(([name, typed]) =>
  [name, objectOf(Object.fromEntries(entriesOf(typed).map(([tag]) => [tag.replace(/\.\$$/, ''), any])))])))

const entriesOf = (value: unknown): [string, unknown][] => typeof value === 'object' && value !== null ? Object.entries(value) : []
