import {join} from '../shape/join'
import {alternatives, any, arrayShape, boolean, numeric, objectShape, type Shape} from '../shape/shape'

/** A value as DynamoDB's JSON has it: `{"S": …}`. */
export const toAttribute = (shape: Shape): Shape => {
  const all = alternatives(shape)
  const strings = all.filter(({kind}) => kind === 'string')
  const others = all.filter(({kind}) => kind !== 'string').map(attributeOfOne)
  return join(...others, ...(strings.length === 0 ? [] : [objectShape({S: join(...strings)})]))
}

const attributeOfOne = (shape: Shape): Shape => {
  switch (shape.kind) {
    case 'number':
      return objectShape({N: numeric})
    case 'boolean':
      return objectShape({BOOL: boolean})
    case 'null':
      return objectShape({NULL: boolean})
    case 'array':
      return objectShape({L: arrayShape(toAttribute(shape.items))})
    case 'object':
      return objectShape({M: toItem(shape)})
    default:
      return any
  }
}

/** An object's fields as attributes. */
export const toItem = (shape: Shape): Shape => shape.kind === 'object'
  ? {...shape, fields: Object.fromEntries(Object.entries(shape.fields).map(([name, {shape: field, optional}]) =>
      [name, {shape: toAttribute(field), optional}]))}
  : any

/** DynamoDB's type of a value of ours; undefined if it may be several. */
export const attributeTag = (shape: Shape): string | undefined => {
  const tags = new Set(alternatives(shape).map(({kind}) => ({string: 'S', number: 'N', boolean: 'BOOL', null: 'NULL', array: 'L', object: 'M', any: undefined})[kind]))
  return tags.size === 1 ? [...tags][0] : undefined
}

/** The types of a template's attribute values; what they hold is left out. */
export const valuesWithTypes = (values: unknown): Shape => objectShape(Object.fromEntries(listEntries(values).map(([name, typed]) =>
  [name, objectShape(Object.fromEntries(listEntries(typed).map(([tag]) => [tag.replace(/\.\$$/, ''), any])))])))

const listEntries = (value: unknown): [string, unknown][] => typeof value === 'object' && value !== null ? Object.entries(value) : []
