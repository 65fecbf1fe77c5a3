import {alternatives, any, arrayShape, type ArrayShape, type Field, type ObjectShape, type Shape} from './shape'
import {join} from './join'

export interface Path {
  /** Names of fields, indexes, and `*` for a selection of many. */
  readonly segments: readonly (string | number)[]
  /** Selects many (wildcard, slice, filter) or descends: the result is a list. */
  readonly many: boolean
  /** Where the selection of many begins. */
  readonly selectedAt: number
}

const segmentPattern = /\.\.(?:[A-Za-z_][\w-]*|\*|(?=\[))|\.([A-Za-z_][\w-]*|\*)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(-?\d+)\]|\[(\*|[^\]]+)\]/y

/** Parses what follows `$` or `$$`; undefined if it is no path. */
export const parsePath = (text: string): Path | undefined => {
  const segments: (string | number)[] = []
  let selectedAt = -1
  segmentPattern.lastIndex = 0
  for (let at = 0; at < text.length; at = segmentPattern.lastIndex) {
    const found = segmentPattern.exec(text)
    if (found === null) {
      return undefined
    }
    const [whole, name, single, double, index, selection] = found
    const isMany = whole.startsWith('..') || name === '*' || selection !== undefined || (index !== undefined && Number(index) < 0)
    selectedAt = isMany && selectedAt < 0 ? segments.length : selectedAt
    segments.push(isMany ? '*' : index === undefined ? name ?? single ?? double ?? '' : Number(index))
  }
  return {segments, many: selectedAt >= 0, selectedAt}
}

/** What is found at a path. */
export interface Found {
  /** Undefined if there is surely nothing. */
  readonly shape: Shape | undefined
  readonly isOptional: boolean
}

const nowhere: Found = {shape: undefined, isOptional: true}

/** What a path finds in a value: its shape, and whether it may be absent. */
export const lookUp = (shape: Shape, {segments, many, selectedAt}: Path): Found => {
  if (!many) {
    return segments.reduce<Found>(stepInto, {shape, isOptional: false})
  }
  const list = segments.slice(0, selectedAt).reduce<Found>(stepInto, {shape, isOptional: false})
  if (list.shape === undefined) {
    return nowhere
  }
  const items = alternatives(list.shape).map((each) => each.kind === 'array' ? each.items : any)
  const each = lookUpRest(join(...items), segments.slice(selectedAt + 1))
  return each.shape === undefined ? nowhere : {shape: arrayShape(each.shape), isOptional: list.isOptional}
}

/** What is found in each of many; those of a selection within a selection are in one list together. */
const lookUpRest = (shape: Shape, segments: readonly (string | number)[]): Found => {
  const selectedAt = segments.indexOf('*')
  const found = lookUp(shape, {segments, many: selectedAt >= 0, selectedAt})
  return selectedAt < 0 || found.shape?.kind !== 'array' ? found : {...found, shape: found.shape.items}
}

const stepInto = ({shape, isOptional}: Found, segment: string | number): Found => {
  if (shape === undefined) {
    return nowhere
  }
  const steps = alternatives(shape).map((each) => stepOne(each, segment))
  const there = steps.flatMap((step) => step.shape === undefined ? [] : [step.shape])
  return there.length === 0 ? nowhere : {shape: join(...there), isOptional: isOptional || steps.some((step) => step.isOptional)}
}

const stepOne = (shape: Shape, segment: string | number): Found => {
  switch (shape.kind) {
    case 'any':
      return {shape, isOptional: shape.isBlamed !== true}
    case 'array':
      return typeof segment === 'number' ? findItem(shape, segment) : nowhere
    case 'object':
      return typeof segment === 'string' ? findField(shape, segment) : nowhere
    default:
      return nowhere
  }
}

const findItem = ({items, least, each}: ArrayShape, index: number): Found =>
  each === undefined ? {shape: items, isOptional: index >= least} : {shape: each[index], isOptional: index >= each.length}

const findField = ({fields, open}: ObjectShape, name: string): Found => {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  return field === undefined ? open ? {shape: any, isOptional: true} : nowhere : {shape: field.shape, isOptional: field.optional}
}

/** The value with another value at a path, as ResultPath puts it: objects on the way are made. */
export const placeAt = (shape: Shape, segments: readonly (string | number)[], value: Field): Shape => {
  const [name, ...rest] = segments
  if (name === undefined) {
    return value.shape
  }
  return join(...alternatives(shape).map((each): Shape => {
    if (each.kind === 'array') {
      // One item says nothing of the others, but that it is there.
      return typeof name === 'number' ? {...each, least: Math.max(each.least, name + 1)} : each
    }
    const object: ObjectShape = each.kind === 'object' ? each : {kind: 'object', fields: {}, open: each.kind === 'any'}
    const deeper = (): Field => ({shape: placeAt(object.fields[name]?.shape ?? emptyObject, rest, value), optional: false})
    return {...object, fields: {...object.fields, [name]: rest.length === 0 ? value : deeper()}}
  }))
}

const emptyObject: ObjectShape = {kind: 'object', fields: {}, open: false}

/** The value without what is at a path. */
export const removeAt = (shape: Shape, [name, ...rest]: Path['segments']): Shape => join(...alternatives(shape).map((each): Shape => {
  if (name === undefined || each.kind !== 'object' || !Object.hasOwn(each.fields, name)) {
    return each
  }
  const {[name]: field, ...others} = each.fields
  const deeper = (): Field => ({...field!, shape: removeAt(field!.shape, rest)})
  return {...each, fields: rest.length === 0 ? others : {...others, [name]: deeper()}}
}))
