import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {command, type Result} from '../shared/cli/command'
import {flag, many, path} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {readJson} from '../shared/read-json'
import {everyTool, preferredTool, titleOf, type Tool} from './tofu/tools'
import {digestInputs} from './wiring/digest'
import {type Toured, tourWith, tourWithOptions} from './wiring/tour'
import {root} from './wiring/workspace'

const wiringFile = join(root, 'local', 'wiring.json')
const started = Date.now()
const say = (line: string): void => console.error(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`)

const check = (): Result => {
  const recorded = existsSync(wiringFile) ? readJson<{inputs?: {digest?: string}}>(wiringFile).inputs?.digest : undefined
  const fresh = recorded === digestInputs(root)
  const text = fresh ? 'is fresh.' : 'is stale: the HCL, the workflow or a contract changed. Run npm run wiring and commit it.'
  return {value: {fresh}, text: `local/wiring.json ${text}`, code: fresh ? 0 : 1}
}

interface Options {
  readonly variables: readonly string[]
  readonly modes: boolean
  readonly withOptions: boolean
  readonly allTools: boolean
  readonly isTofuRequired: boolean
}

const toolsFor = async ({allTools, isTofuRequired}: Options): Promise<readonly Tool[]> =>
  allTools ? (await everyTool({isTofuRequired, say})).all : [preferredTool()]

/** Beside each other, each with an emulator of its own: the provider polls more than it computes. The first hands its state to the second and takes it back. */
const tours = async (tools: readonly Tool[], {variables, modes}: Options): Promise<Toured[]> => {
  // Of the files as they are now: an edit during the apply makes a stale wiring, not a wrong one.
  const digest = digestInputs(root)
  const of = (tool: Tool): string => tools.length === 1 ? '' : `${titleOf(tool)}: `
  return Promise.all(tools.map((tool, at) => tourWith(tool, {
    variables: variables.flatMap((variable) => ['-var', variable]),
    digest,
    modes,
    ...(at === 0 && tools[1] !== undefined ? {other: tools[1]} : {}),
    say: (line) => say(`${of(tool)}${line}`)
  })))
}

const optionsTour = async (tool: Tool): Promise<string[]> =>
  (await tourWithOptions(tool, (line) => say(`every option: ${line}`))).map((problem) => `With every option: ${problem}`)

const apply = async (options: Options, output: string | undefined): Promise<number> => {
  const tools = await toolsFor(options)
  say(`with ${tools.map(titleOf).join(' and ')}`)
  const [toured, withOptions] = await Promise.all([tours(tools, options), options.withOptions ? optionsTour(tools[0]!) : []])
  const [first, ...others] = toured
  const problems = toured.flatMap((each, at) => each.problems.map((problem) => `${titleOf(tools[at]!)}: ${problem}`))
  problems.push(...withOptions, ...others.some(({text}) => text !== first!.text) ? [`The wiring of ${tools.map(titleOf).join(' and ')} differs.`] : [])
  problems.forEach((problem) => console.error(problem))
  if (problems.length === 0 && output !== undefined) {
    writeFileSync(output, first!.text)
    say(`wrote ${output}`)
  }
  return problems.length === 0 ? 0 : 1
}

process.exitCode = await runCommand(command({
  name: 'npm run wiring --', summary: 'Applies the HCL to an emulator and keeps what is wired to what as local/wiring.json.',
  options: {
    check: flag('only compare the digest that local/wiring.json records with its inputs'),
    modes: flag('switch the applied stack through every value of orchestration, and back, before it is destroyed'),
    options: flag('apply a second stack besides, with every option on and the longest names; it changes nothing of what is written'),
    allTools: flag('with Terraform and with OpenTofu, beside each other; the wiring must be the same, and the state goes from one to the other and back'),
    requireTofu: flag('fail if OpenTofu is missing and cannot be built, instead of leaving it out'),
    var: many('name=value', 'apply with another value of a variable; then nothing is written unless --out names a file'),
    out: path('file', 'what to write (default: local/wiring.json)')
  },
  run: async ({check: isCheck, modes, options: withOptions, allTools, requireTofu: isTofuRequired, var: variables, out}) => {
    if (isCheck) {
      return check()
    }
    const code = await apply({variables, modes, withOptions, allTools, isTofuRequired}, out ?? (variables.length === 0 ? wiringFile : undefined))
    return {value: {applied: code === 0}, text: '', code}
  }
}), process.argv.slice(2))
