import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {command} from '../shared/cli/command'
import {UsageError} from '../shared/cli/errors'
import {path} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {readJson} from '../shared/read-json'
import {providerVersionIn, shapeIn} from './provider/bindings'
import {readConfiguration} from './provider/configuration'
import {withDeprecations} from './provider/deprecations'
import {exceptions} from './provider/exceptions'
import {type Facts, factsFile, type Kind, readFacts, type Shape} from './provider/facts'
import {judge} from './provider/judge'

const terraform = join(import.meta.dirname, '..', 'terraform')

const readTitle = (folder: string): string => {
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
    sources: {shapes: readTitle(shapes), deprecations: readTitle(deprecations)},
    resource: of('resource'),
    data: of('data')
  }
  // One line for each type: as long as a diff of it can be read.
  const lines = (kind: Kind): string => Object.entries(facts[kind]).map(([type, shape]) => `    ${JSON.stringify(type)}: ${JSON.stringify(shape)}`).join(',\n')
  writeFileSync(factsFile, `{\n  "provider": ${JSON.stringify(facts.provider)},\n  "sources": ${JSON.stringify(facts.sources)},\n`
    + `  "resource": {\n${lines('resource')}\n  },\n  "data": {\n${lines('data')}\n  }\n}\n`)
}

process.exitCode = await runCommand(command({
  name: 'npm run provider --', summary: 'Compares the arguments of our HCL with what the newest provider\'s bindings know (build/provider/facts.json).',
  notes: `With --shapes and --deprecations it makes facts.json again, once a new type of resource is in the HCL, or a newer provider is promised:
cd FOLDER; npm pack NAME; tar xzf NAME.tgz; the folder is FOLDER/package.`,
  options: {shapes: path('folder', 'where @cdktn/provider-aws is unpacked'), deprecations: path('folder', 'where @pulumi/aws is unpacked')},
  run: async ({shapes, deprecations}, {note}) => {
    if ((shapes === undefined) !== (deprecations === undefined)) {
      throw new UsageError('Expected --shapes and --deprecations together.')
    }
    if (shapes !== undefined && deprecations !== undefined) {
      await makeFacts(shapes, deprecations)
    }
    const facts = readFacts()
    const problems = judge(await readConfiguration(terraform), facts, exceptions)
    problems.forEach(note)
    const {provider, sources} = facts
    const text = `${problems.length} problems with hashicorp/aws ${provider}, by ${sources.shapes} and ${sources.deprecations}.`
    return {value: {provider, problems}, text, code: problems.length === 0 ? 0 : 1}
  }
}), process.argv.slice(2))
