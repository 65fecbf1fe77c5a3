import {alternatives, type Shape, type StringShape} from './shape'

/** How long texts and lists are taken to be unless something says it. */
export interface Sizes {
  readonly string: number
  readonly items: number
  /** Bytes of the field of a name. */
  readonly fields: Readonly<Record<string, number>>
}

/** Bytes of JSON that a value may take at most; infinite if nothing bounds it. */
export const maxBytes = (shape: Shape, sizes: Sizes): number => Math.max(0, ...alternatives(shape).map((each) => {
  switch (each.kind) {
    case 'any':
      return each.isBlamed ? 0 : Infinity
    case 'string':
      return textBytes(each, sizes)
    case 'array':
      return 2 + (each.each
        ? each.each.reduce((sum, item) => sum + maxBytes(item, sizes) + 1, 0)
        : Math.max(sizes.items, each.least) * (maxBytes(each.items, sizes) + 1))
    case 'object':
      return each.open
        ? Infinity
        : 2 + Object.entries(each.fields).reduce((sum, [name, {shape: field}]) =>
          sum + name.length + 4 + (sizes.fields[name] ?? maxBytes(field, sizes)), 0)
    default:
      return 24
  }
}))

const textBytes = ({values, format}: StringShape, sizes: Sizes): number => values !== undefined
  ? Math.max(...values.map((value) => value.length + 2))
  : format === undefined ? sizes.string : format === 'arn' ? 256 : 40

/** How deep a value nests; growing strings count by how often they were lengthened. */
export const measureDepth = (shape: Shape): number => Math.max(0, ...alternatives(shape).map((each) => {
  switch (each.kind) {
    case 'string':
      return each.growth ?? 0
    case 'array':
      return 1 + measureDepth(each.items)
    case 'object':
      return 1 + Math.max(0, ...Object.values(each.fields).map(({shape: field}) => measureDepth(field)))
    default:
      return 0
  }
}))
