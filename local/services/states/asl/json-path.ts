import {JSONPath} from 'jsonpath-plus'

/** Nothing lies at a path. */
export class PathMissing extends Error {
  override readonly name = 'PathMissing'

  constructor(readonly path: string) {
    super(`Nothing lies at ${path}.`)
  }
}

type Step = string | number

const STEP = /^(?:\.([^.[\]()*?@,:'"\s]+)|\[(-?\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\])/
const known = new Map<string, readonly Step[] | undefined>()

const parse = (path: string): Step[] | undefined => {
  const steps: Step[] = []
  let rest = path.slice(1)
  while (rest !== '') {
    const found = STEP.exec(rest)
    if (found === null) {
      return undefined
    }
    const [whole, name, index, single, double] = found
    steps.push(index === undefined ? name ?? (single ?? double ?? '').replaceAll(/\\(.)/g, '$1') : Number(index))
    rest = rest.slice(whole.length)
  }
  return steps
}

/** The names and indices of a path that leads to one place at most; undefined for a path with wildcards, slices or filters. */
export const parseSteps = (path: string): readonly Step[] | undefined => {
  if (!known.has(path)) {
    known.set(path, path.startsWith('$') ? parse(path) : undefined)
  }
  return known.get(path)
}

const follow = (document: unknown, steps: readonly Step[], path: string): unknown => {
  let value = document
  for (const step of steps) {
    const key = typeof step === 'number' && step < 0 && Array.isArray(value) ? value.length + step : step
    if (typeof value !== 'object' || value === null || Array.isArray(value) !== (typeof step === 'number') || !Object.hasOwn(value, key)) {
      throw new PathMissing(path)
    }
    value = Reflect.get(value, key)
  }
  return value
}

/**
 * What a path selects: one value, or a list if the path may lead to several places.
 * Throws PathMissing if a path to one place leads nowhere.
 */
export const query = (path: string, document: unknown): unknown => {
  const steps = parseSteps(path)
  if (steps !== undefined) {
    return follow(document, steps, path)
  }
  if (typeof document !== 'object' || document === null) {
    return []
  }
  return JSONPath<unknown[] | undefined>({path, json: document, wrap: true, eval: 'safe'}) ?? []
}
