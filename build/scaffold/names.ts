import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** Names of AWS get a suffix of up to 17 characters; a rule's may have 64, a function's with its queue 80. */
const longest = 47

/** Throws if a name is not PascalCase or too long for what AWS is to call by it. */
export const checkName = (what: string, name: string | undefined): string => {
  if (name === undefined || !/^[A-Z][A-Za-z0-9]+$/.test(name)) {
    throw new Error(`Expected the name of ${what} in PascalCase, letters and digits only; got '${name ?? ''}'.`)
  }
  if (name.length > longest) {
    throw new Error(`Expected the name of ${what} to have at most ${longest} characters; '${name}' has ${name.length}.`)
  }
  return name
}

/** One sentence, fit for JSON, HCL and a comment as it stands. */
export const checkSentence = (says: string): string => {
  if (!/^[A-Z][^"\\`$*{}%\n]{2,180}\.$/.test(says)) {
    throw new Error(`Expected --says to be one plain sentence with a capital and a full stop; got '${says}'.`)
  }
  return says
}

/** Labels of all module calls of the root module: a new one must differ. */
export const moduleLabels = (root: string): string[] => globSync('terraform/*.tf', {cwd: root})
  .flatMap((path) => [...readFileSync(join(root, path), 'utf8').matchAll(/^module "(\w+)"/gm)].map(([, label]) => label!))
