import {any, arrayShape, boolean, dateTime, type Field, number, objectShape, type Shape, string} from './shape'

/** How results stand in data files: a type's name, a list with the type of its items, or an object whose optional fields end in `?`. */
export type Notation = string | readonly Notation[] | {readonly [field: string]: Notation}

const words: Readonly<Record<string, Shape>> = {
  any, boolean, number, string,
  'date-time': dateTime,
  // Headers of the response: small, and never used.
  metadata: objectShape({})
}

const isList = (notation: Notation): notation is readonly Notation[] => Array.isArray(notation)

/** The shape of a notation. Throws if a word is unknown. */
export const shapeOfNotation = (notation: Notation): Shape => {
  if (typeof notation === 'string') {
    const shape = words[notation]
    if (shape === undefined) {
      throw new Error(`Expected one of ${Object.keys(words).join(', ')}; got '${notation}'.`)
    }
    return shape
  }
  return isList(notation)
    ? arrayShape(shapeOfNotation(notation[0]!))
    : {kind: 'object', open: false, fields: Object.fromEntries(Object.entries(notation).map(([name, each]): [string, Field] =>
        [name.replace(/\?$/, ''), {shape: shapeOfNotation(each), optional: name.endsWith('?')}]))}
}
