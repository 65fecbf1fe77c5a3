import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {describeError} from '../shared/errors'
import {readJson} from '../shared/read-json'
import {providerVersionIn, shapeIn} from './provider/bindings'
import {readConfiguration} from './provider/configuration'
import {withDeprecations} from './provider/deprecations'
import {exceptions} from './provider/exceptions'
import {type Facts, factsFile, type Kind, readFacts, type Shape} from './provider/facts'
import {judge} from './provider/judge'

const usage = `npm run provider
  Compares the arguments of our HCL with what the newest provider's bindings know (build/provider/facts.json).
npm run provider -- --shapes FOLDER --deprecations FOLDER
  Makes facts.json anew of @cdktn/provider-aws and @pulumi/aws, each unpacked in a folder: cd FOLDER; npm pack NAME;
  tar xzf NAME.tgz; the folder is FOLDER/package. Once a new type of resource is in the HCL, or a newer provider is promised.`

const terraform = join(import.meta.dirname, '..', 'terraform')

const titleOf = (folder: string): string => {
  const {name, version} = readJson<{name: string, version: string}>(join(folder, 'package.json'))
  return `${name} ${version}`
}

const makeFacts = async (shapes: string, deprecations: string): Promise<void> => {
  const {blocks} = await readConfiguration(terraform)
  const of = (kind: Kind): Record<string, Shape> => {
    const types = [...new Set(blocks.filter((block) => block.kind === kind).map(({type}) => type))].sort()
    return Object.fromEntries(types.map((type) => [type, withDeprecations(shapeIn(shapes, kind, type), deprecations, kind, type)]))
  }
  const facts: Facts = {
    provider: providerVersionIn(shapes),
    sources: {shapes: titleOf(shapes), deprecations: titleOf(deprecations)},
    resource: of('resource'),
    data: of('data')
  }
  // One line for each type: as long as a diff of it can be read.
  const lines = (kind: Kind): string => Object.entries(facts[kind]).map(([type, shape]) => `    ${JSON.stringify(type)}: ${JSON.stringify(shape)}`).join(',\n')
  writeFileSync(factsFile, `{\n  "provider": ${JSON.stringify(facts.provider)},\n  "sources": ${JSON.stringify(facts.sources)},\n`
    + `  "resource": {\n${lines('resource')}\n  },\n  "data": {\n${lines('data')}\n  }\n}\n`)
}

const main = async (): Promise<number> => {
  const {values} = parseArgs({options: {shapes: {type: 'string'}, deprecations: {type: 'string'}, help: {type: 'boolean'}}})
  if (values.help === true || (values.shapes === undefined) !== (values.deprecations === undefined)) {
    console.log(usage)
    return values.help === true ? 0 : 2
  }
  if (values.shapes !== undefined && values.deprecations !== undefined) {
    await makeFacts(values.shapes, values.deprecations)
  }
  const facts = readFacts()
  const problems = judge(await readConfiguration(terraform), facts, exceptions)
  problems.forEach((problem) => console.error(problem))
  console.log(`${problems.length} problems with hashicorp/aws ${facts.provider}, by ${facts.sources.shapes} and ${facts.sources.deprecations}.`)
  return problems.length === 0 ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(describeError(error))
  return 1
})
