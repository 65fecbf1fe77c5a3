import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Kind, Shape} from './facts'

interface Member {
  readonly name: string
  readonly optional: boolean
  readonly type: string
}

const interfaceIn = (text: string, name: string): string | undefined =>
  new RegExp(`^export interface ${name}(?: extends [^{]+)? \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text)?.[1]

/** Each member comes with a link that ends in its name as HCL has it. */
const parseMembers = (body: string): Member[] => [...body.matchAll(/#(\w+) \w+#\w+\}(?:(?!\*\/)[\s\S])*\*\/\s*readonly \w+(\??): ([^;]+);/g)]
  .map(([, name = '', mark, type = '']) => ({name, optional: mark === '?', type: type.replace(/\s*\|\s*cdktn\.IResolvable/g, '').replace(/\[\]$/, '')}))

const parseShape = (text: string, body: string): Shape => {
  const members = parseMembers(body)
  const blocks = members.flatMap(({name, type}) => {
    const nested = interfaceIn(text, type)
    return nested === undefined ? [] : [[name, parseShape(text, nested)] as const]
  })
  return {
    arguments: Object.fromEntries(members.map(({name, optional}) => [name, optional ? 'optional' : 'required'])),
    blocks: Object.fromEntries(blocks),
    deprecated: {}
  }
}

/** Its name ends in A where that of another type would be the same. */
const configuration = /^export interface \w+Config extends cdktn\.TerraformMetaArguments \{\n([\s\S]*?)^\}/m

/** What `@cdktn/provider-aws`, unpacked in `folder`, says of a resource or data source. Throws if it has none of that name. */
export const shapeIn = (folder: string, kind: Kind, type: string): Shape => {
  const name = `${kind === 'data' ? 'data_aws_' : ''}${type.replace(/^aws_/, '')}`
  const file = join(folder, 'lib', name.replaceAll('_', '-'), 'index.d.ts')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const body = configuration.exec(text)?.[1]
  if (body === undefined) {
    throw new Error(`${file} describes no ${kind} ${type}: the bindings do not know it.`)
  }
  const code = readFileSync(file.replace(/d\.ts$/, 'js'), 'utf8')
  const own = code.slice(code.indexOf(`terraformResourceType: '${type}'`))
  const attributes = [...own.matchAll(/\.get\w+Attribute\('(\w+)'\)|(?:List|Map|OutputReference)\(this, ["'](\w+)["']/g)].map(([, read, nested]) => (read ?? nested)!)
  return {...parseShape(text, body), attributes: [...new Set(attributes)].sort()}
}

/** The provider's version that the bindings were made of. */
export const providerVersionIn = (folder: string): string =>
  /hashicorp\/aws provider version (\d+\.\d+\.\d+)/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))![1]!
