import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {Kind, Shape} from './facts'

/** Names that Pulumi changed. */
const renamed: Readonly<Record<string, string>> = {aws_s3_object: 'aws_s3_bucket_objectv2'}

const camel = (words: string): string => words.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (words: string): string => camel(`_${words}`)

/** By the name that the warning says, which is HCL's, else by Pulumi's. */
const deprecatedIn = (text: string): Map<string, string> => new Map(
  [...text.matchAll(/@deprecated ([^\n]+)(?:(?!\*\/)[\s\S])*\*\/\s*(?:readonly )?(\w+)\??:/g)]
    .map(([, says = '', name = '']) => [/^(\w+) is deprecated/.exec(says)?.[1] ?? name, says]))

/** In any case: Pulumi writes OpenId where the provider writes openid. */
const findBody = (text: string, declaration: string): string => new RegExp(`${declaration} \\{\\n([\\s\\S]*?)^\\s{0,4}\\}`, 'im').exec(text)?.[1] ?? ''

const findNamespace = (inputs: string, name: string): string => new RegExp(`^export declare namespace ${name} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(inputs)?.[1] ?? ''

/** The declarations of `path` in `folder`, in whatever case its name is there. */
const declarations = (folder: string, path: string): string | undefined => {
  const within = join(folder, dirname(path))
  const wanted = `${path}.d.ts`.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const name = existsSync(within) ? readdirSync(within).find((each) => each.toLowerCase() === wanted) : undefined
  return name === undefined ? undefined : readFileSync(join(within, name), 'utf8')
}

interface Place {
  readonly inputs: string
  readonly prefix: string
}

const marked = (shape: Shape, deprecated: ReadonlyMap<string, string>, {inputs, prefix}: Place): Shape => {
  const warnings = Object.keys(shape.arguments).flatMap((name) => {
    const says = deprecated.get(name) ?? deprecated.get(camel(name))
    return says === undefined ? [] : [[name, says] as const]
  })
  return {
    ...shape,
    blocks: Object.fromEntries(Object.entries(shape.blocks).map(([name, block]) => {
      const inner = `${prefix}${pascal(name)}`
      return [name, marked(block, deprecatedIn(findBody(inputs, `interface ${inner}`)), {inputs, prefix: inner})]
    })),
    deprecated: Object.fromEntries(warnings)
  }
}

/**
 * Adds to a shape what `@pulumi/aws`, unpacked in `folder`, says is deprecated: it is made of the same provider, and
 * keeps the warnings, which the other bindings drop. Throws if it has no such resource.
 */
export const withDeprecations = (shape: Shape, folder: string, kind: Kind, type: string): Shape => {
  const [service = '', ...rest] = (renamed[type] ?? type).replace(/^aws_/, '').split('_')
  const name = rest.join('_')
  const candidates = kind === 'data'
    ? [`${service}/get${pascal(name)}`, `get${pascal(`${service}_${name}`)}`, `get${pascal(service)}`]
    : [`${service}/${camel(name)}`]
  const text = candidates.map((candidate) => declarations(folder, candidate)).find((found) => found !== undefined)
  if (text === undefined) {
    throw new Error(`Expected ${candidates.join(' or ')} in ${folder}: where @pulumi/aws keeps ${kind} ${type}.`)
  }
  const inputs = findNamespace(readFileSync(join(folder, 'types', 'input.d.ts'), 'utf8'), service)
  const own = findBody(text, `export interface ${pascal(kind === 'data' ? `get_${name}` : name)}Args`)
  return marked(shape, deprecatedIn(own), {inputs, prefix: pascal(kind === 'data' ? `get_${name}` : name)})
}
