import {existsSync, globSync, readFileSync, realpathSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {root} from './wired'

const files = globSync('terraform/**/*.tf', {cwd: root}).filter((path) => !/\.terraform|\/tests\//.test(path)).sort()
/** The root, bootstrap and each module. */
const configurations = [...new Set(files.map((path) => path.slice(0, path.lastIndexOf('/'))))].sort()
const filesOf = (folder: string): string[] => files.filter((path) => path.slice(0, path.lastIndexOf('/')) === folder)
const text = (path: string): string => readFileSync(join(root, path), 'utf8')
const code = (path: string): string => text(path).replace(/^\s*#.*$/gm, '')
const blocks = (kind: string, path: string): Array<{name: string, body: string}> =>
  [...text(path).matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n([\\s\\S]*?)^\\}`, 'gm'))].map(([, name, body]) => ({name: `${path} ${name}`, body: body!}))

describe('HCL', () => {
  it.each(files.flatMap((path) => blocks('variable', path)))('describes and types $name', ({body}) => {
    expect({description: /^ {2}description = ".+\."$/m.test(body), type: /^ {2}type\s+= (?!any)/m.test(body), any: /\bany\b(?=\s*[,)}\n])/.test(body.replace(/".*"/g, ''))})
      .toEqual({description: true, type: true, any: false})
  })

  it.each(files.filter((path) => /^terraform\/\w+\.tf$/.test(path)).flatMap((path) => blocks('variable', path)))('has a default for $name, so that plan and apply need no flags', ({body}) => {
    expect(body).toMatch(/^ {2}default\s+=/m)
  })

  it.each(files.flatMap((path) => blocks('output', path)))('describes the output $name', ({body}) => {
    expect(body).toMatch(/^ {2}description = ".+\."$/m)
  })

  it.each(files)('keeps %s to what both tools and both provider versions know', (path) => {
    const unwanted = /create_(?!before_destroy)\w+\s*=|data\.aws_region\.\w+\.name\b|\barchive_file\b|\bnull_resource\b|\brandom_\w+"|^\s*enabled\s*=.*\blifecycle\b|\bencryption\s*\{/m
    expect(code(path)).not.toMatch(unwanted)
  })

  // In aws-us-gov and aws-cn no ARN begins with arn:aws: and an ARN of another partition is refused.
  it.each([...files, ...globSync('terraform/workflows/*.json', {cwd: root})])('names no partition in %s, but as an example', (path) => {
    const lines = code(path).split('\n').filter((line) => !/^\s*(?:description|error_message) +=/.test(line))
    expect(lines.filter((line) => /\barn:aws[\w-]*:/.test(line))).toEqual([])
  })

  it.each(files.filter((path) => path.includes('/event_')))('gives %s its transformer as heredoc: jsonencode would escape the placeholders', (path) => {
    const transformers = [...code(path).matchAll(/^ {2}input_transformer = \{[\s\S]*?^ {2}\}/gm)].map(([block]) => block)
    expect(transformers.filter((block) => /jsonencode|u003c/.test(block))).toEqual([])
  })

  it('has every file of settings among their tests', () => {
    const linked = globSync('terraform/tests/settings/*.tf', {cwd: root}).map((path) => realpathSync(join(root, path))).sort()
    const declaring = globSync('terraform/*.tf', {cwd: root}).map((path) => realpathSync(join(root, path))).filter((path) => /^variable "/m.test(readFileSync(path, 'utf8'))).sort()
    expect(linked).toEqual(declaring)
  })

  it.each(globSync('terraform/modules/*', {cwd: root}).sort())('has tests, typed variables and outputs in %s', (folder) => {
    const name = folder.split('/').at(-1)
    expect(['variables.tf', 'outputs.tf', 'versions.tf', `tests/${name}.tftest.hcl`].filter((file) => !existsSync(join(root, folder, file)))).toEqual([])
  })

  it('leaves the contracts without a provider', () => {
    expect(text('terraform/modules/event-contracts/versions.tf')).not.toMatch(/required_providers/)
  })

  it.each(globSync('terraform/lambda_*.tf', {cwd: root}).sort())('has in %s the function of that name with its policy', (path) => {
    const name = /lambda_(\w+)\.tf$/.exec(path)![1]
    expect(text(path)).toMatch(new RegExp(`^module "${name}" \\{[\\s\\S]*^data "aws_iam_policy_document" "${name}" \\{`, 'm'))
  })

  it.each(configurations)('refuses in tests whatever the variables of %s refuse', (folder) => {
    const validations = filesOf(folder).flatMap((path) => [...text(path).matchAll(/^variable "(\w+)" \{([\s\S]*?)^\}/gm)])
      .flatMap(([, name = '', body = '']) => body.match(/^ {2}validation \{/gm)?.map(() => name) ?? []).sort()
    const refusals = globSync(`${folder}/tests/{,*/}*.tftest.hcl`, {cwd: root}).flatMap((path) => [...text(path).matchAll(/expect_failures = \[var\.(\w+)\]/g)]).map(([, name]) => name!)
    const times = (names: readonly string[], name: string): number => names.filter((each) => each === name).length
    expect(validations.filter((name) => times(refusals, name) < times(validations, name))).toEqual([])
  })
})
