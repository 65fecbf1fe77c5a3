type Step = string | number | typeof EVERY

const EVERY = Symbol('every')
const STEP = /^(?:\.([\w\-/]+|\*)|\[(\d+|\*)\]|\['([^']+)'\])/

const parseStep = ([, name, index, quoted]: RegExpExecArray): Step => {
  if (name === '*' || index === '*') {
    return EVERY
  }
  return index === undefined ? name ?? quoted! : Number(index)
}

/** The steps of a path in EventBridge's part of JSONPath: names, indices and wildcards. Undefined for anything else. */
const parseSteps = (path: string): Step[] | undefined => {
  const steps: Step[] = []
  let rest = path.slice(1)
  while (path.startsWith('$') && rest !== '') {
    const found = STEP.exec(rest)
    if (found === null) {
      return undefined
    }
    steps.push(parseStep(found))
    rest = rest.slice(found[0].length)
  }
  return path.startsWith('$') ? steps : undefined
}

const follow = (value: unknown, [step, ...rest]: readonly Step[]): unknown => {
  if (step === undefined) {
    return value
  }
  if (typeof value !== 'object' || value === null) {
    return undefined
  }
  if (step === EVERY) {
    return Object.values(value).map((member) => follow(member, rest)).filter((member) => member !== undefined)
  }
  return Object.hasOwn(value, step) ? follow(Reflect.get(value, step), rest) : undefined
}

export const isEventPath = (path: string): boolean => parseSteps(path) !== undefined

/** What lies at a path of an event; undefined if nothing does. */
export const atPath = (event: unknown, path: string): unknown => {
  const steps = parseSteps(path)
  return steps === undefined ? undefined : follow(event, steps)
}
