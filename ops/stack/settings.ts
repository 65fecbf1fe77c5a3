import {trustedJson} from '../../shared/json'

type Scalar = string | number | boolean | null

const assignment = /^\s*(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)\s*(?:(?:#|\/\/).*)?$/

/** How many brackets a line opens more than it closes, those in strings and comments left out. */
const countDepth = (line: string): number => {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/(#|\/\/).*/, '')
  return (bare.match(/[[{(]/g)?.length ?? 0) - (bare.match(/[\])}]/g)?.length ?? 0)
}

/** The settings of a .tfvars file that are text, number, boolean or null; lists and objects are left to OpenTofu. */
export const settingsIn = (text: string): ReadonlyMap<string, Scalar> => {
  const settings = new Map<string, Scalar>()
  let depth = 0
  for (const line of text.split('\n')) {
    const [, name, value] = assignment.exec(line) ?? []
    if (depth === 0 && name !== undefined) {
      settings.set(name, trustedJson<Scalar>(value!))
    }
    depth += countDepth(line)
  }
  return settings
}

/** Default of a variable whose default is text. Throws if the configuration has no such variable. */
export const textDefault = (hcl: string, variable: string): string => {
  const found = new RegExp(`^variable "${variable}" \\{(?:(?!^\\})[\\s\\S])*?^ {2}default\\s*=\\s*"([^"]*)"`, 'm').exec(hcl)?.[1]
  if (found === undefined) {
    throw new Error(`The configuration has no variable ${variable} with a text as default.`)
  }
  return found
}
