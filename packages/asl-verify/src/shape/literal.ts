import {join} from './join'
import {arrayShape, boolean, literalString, nothing, number, objectShape, type Shape} from './shape'

/** The shape of JSON as it is. */
export const shapeOfLiteral = (value: unknown): Shape => {
  if (Array.isArray(value)) {
    return arrayShape(join(...value.map(shapeOfLiteral)), value.length)
  }
  if (typeof value === 'object' && value !== null) {
    return objectShape(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOfLiteral(each)])))
  }
  return typeof value === 'string' ? literalString(value) : typeof value === 'number' ? number : typeof value === 'boolean' ? boolean : nothing
}
