/** What a path begins with: the context object, a variable, or the state's input. */
const root = /^\$(?:\$(?=$|[.[])|[\p{ID_Start}_][\p{ID_Continue}]*)?/u
const name = /^\.\.?(?:\*|[^\s.[\]()'"*,]+(?:\(\))?)|^\.\.?(?=\[)/
const quoted = /^'(?:[^'\\]|\\.)*'|^"(?:[^"\\]|\\.)*"/

/** Length of what stands in brackets, these included; 0 if they never close or hold nothing. */
const bracketLength = (text: string): number => {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const string = quoted.exec(text.slice(at, at + 1) === '\'' || text[at] === '"' ? text.slice(at) : '')?.[0]
    at += string === undefined ? 0 : string.length - 1
    depth += string !== undefined ? 0 : '[('.includes(text[at]!) ? 1 : '])'.includes(text[at]!) ? -1 : 0
    if (depth === 0) {
      return at > 1 ? at + 1 : 0
    }
  }
  return 0
}

const isReferenceStep = (step: string): boolean => /^\.[^.*()@:?]+$|^\[(?:\d+|'[^']*'|"[^"]*")\]$/.test(step)

/** The steps of a path; undefined if it is not one. */
const parseSteps = (text: string): string[] | undefined => {
  const [start] = root.exec(text) ?? []
  const steps: string[] = []
  for (let rest = text.slice(start?.length ?? 0); start !== undefined && rest !== '';) {
    const length = rest.startsWith('[') ? bracketLength(rest) : name.exec(rest)?.[0].length ?? 0
    if (length === 0) {
      return undefined
    }
    steps.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  return start === undefined ? undefined : steps
}

/** Text that a deployment fills in may be anything then. */
export const isFilledIn = (text: string): boolean => /\$\{[^}]+\}/.test(text)

export const isPath = (text: string): boolean => isFilledIn(text) || parseSteps(text) !== undefined

/** A path that names one place: no wildcard, slice, filter or descent. */
export const isReferencePath = (text: string): boolean => isFilledIn(text) || parseSteps(text)?.every(isReferenceStep) === true

/** Where a state may put its result: into its own input. */
export const isResultPath = (text: string): boolean => isReferencePath(text) && (isFilledIn(text) || /^\$(?:$|[.[])/.test(text))
