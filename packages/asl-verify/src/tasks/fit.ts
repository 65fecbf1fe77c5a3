import {describe} from '../shape/describe'
import {alternatives, type Shape} from '../shape/shape'

/** Why a value is not what a type demands, one sentence part each with the names that lead there. */
export interface Misfit {
  readonly names: readonly string[]
  readonly why: string
}

/** Compares a value with a closed type: missing, unknown and mistyped fields. */
export const misfits = (value: Shape, type: Shape, names: readonly string[] = []): Misfit[] => {
  if (value.kind === 'any' || type.kind === 'any') {
    return []
  }
  if (value.kind === 'object' && type.kind === 'object') {
    const known = Object.entries(type.fields)
    const unknown = Object.keys(value.fields).filter((name) => !Object.hasOwn(type.fields, name) && !type.open)
    return [
      ...unknown.map((name) => ({names: [...names, name], why: `has a field '${[...names, name].join('.')}', which it does not read`})),
      ...known.flatMap(([name, field]) => {
        const given = value.fields[name]
        const inner = [...names, name]
        return given === undefined
          ? field.optional ? [] : [{names, why: `lacks the field '${inner.join('.')}'`}]
          : misfits(given.shape, field.shape, inner)
      })
    ]
  }
  const fits = alternatives(value).every((one) => alternatives(type).some((other) => isWithin(one, other)))
  return fits ? [] : [{names, why: `has ${describe(value)}${names.length === 0 ? '' : ` in '${names.join('.')}'`} where ${describe(type)} belongs`}]
}

const isWithin = (value: Shape, type: Shape): boolean => {
  if (value.kind === 'any' || type.kind === 'any') {
    return true
  }
  if (value.kind === 'string' && type.kind === 'string') {
    const {values} = type
    const hasFormat = type.format === undefined || value.format === type.format
    return hasFormat && (values === undefined || value.values === undefined || value.values.every((each) => values.includes(each)))
  }
  if (value.kind === 'array' && type.kind === 'array') {
    return misfits(value.items, type.items).length === 0
  }
  return value.kind === type.kind && (value.kind !== 'object' || misfits(value, type).length === 0)
}
