import {existsSync, globSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {basename, join} from 'node:path'
import pLimit from 'p-limit'
import {command} from '../shared/cli/command'
import {flag} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {createChecker, type Result} from './hcl/check'
import {run} from './program/run'
import {everyTool, preferredTool, titleOf, type Tool} from './tofu/tools'
import {makeWorkspace, root, type Workspace} from './wiring/workspace'

/** The root's tests plan with the real zips. */
const buildMissingZips = async (): Promise<void> => {
  const wanted = globSync('terraform/lambda_*.tf', {cwd: root}).map((path) => basename(path, '.tf').slice('lambda_'.length))
  if (wanted.every((name) => existsSync(join(root, 'dist', 'lambdas', `${name}.zip`)))) {
    return
  }
  console.log('building the zips first')
  const {code, output} = await run('npm', ['run', '--silent', 'build', '--', '--quiet'], {cwd: root, env: process.env})
  if (code !== 0) {
    throw new Error(`Expected npm run build to make the zips; it ended with exit code ${code}:\n${output}`)
  }
}

interface Step {
  readonly tool: Tool
  check: () => Promise<Result>
}

const listSteps = (tool: Tool, workspace: Workspace): Step[] => {
  const {checkFormat, checkModule, checkRefusal} = createChecker(tool, workspace)
  const folders = ['bootstrap', 'tests/settings', ...globSync('modules/*/', {cwd: workspace.terraform}).sort()]
  const modules = [workspace.terraform, ...folders.map((path) => join(workspace.terraform, path))]
  const refusals = globSync('modules/*/tests/refused-*/main.tf', {cwd: workspace.terraform}).sort().map((path) => join(workspace.terraform, path))
  return [checkFormat, ...modules.map((folder) => () => checkModule(folder)), ...refusals.map((file) => () => checkRefusal(file))]
    .map((check) => ({tool, check}))
}

const report = (tool: Tool, {name, problem, detail}: Result): void => {
  console.log(`${problem === undefined ? 'ok    ' : 'FAILED'} ${titleOf(tool)}  ${name}${detail === undefined ? '' : `  ${detail}`}`)
  if (problem !== undefined) {
    console.error(problem)
  }
}

/** Runs all steps, as many at a time as there are cores. Returns how many failed. */
const runAll = async (steps: readonly Step[]): Promise<number> => {
  const limit = pLimit(Math.max(1, Math.min(availableParallelism(), 4)))
  const results = await Promise.all(steps.map(({tool, check}) => limit(async () => {
    const result = await check()
    report(tool, result)
    return result
  })))
  return results.filter(({problem}) => problem !== undefined).length
}

const toolsFor = async (quick: boolean, isTofuRequired: boolean): Promise<readonly Tool[]> => {
  if (quick) {
    return [preferredTool()]
  }
  const {all, oldest} = await everyTool({isTofuRequired, say: (line) => console.log(line)})
  return oldest === undefined ? all : [...all, oldest]
}

const check = async (quick: boolean, isTofuRequired: boolean): Promise<number> => {
  const tools = await toolsFor(quick, isTofuRequired)
  console.error(`with ${tools.map(titleOf).join(', ')}`)
  await buildMissingZips()
  const workspaces = tools.map(() => makeWorkspace())
  try {
    return await runAll(tools.flatMap((tool, at) => listSteps(tool, workspaces[at]!)))
  } finally {
    workspaces.forEach((workspace) => workspace.remove())
  }
}

process.exitCode = await runCommand(command({
  name: 'npm run hcl --',
  summary: 'Formats, validates and tests the HCL with Terraform on PATH and with the newest and the oldest OpenTofu that are promised.',
  options: {
    quick: flag('with one tool only: tofu if it is installed, else terraform'),
    requireTofu: flag('fail if OpenTofu is missing and cannot be built, instead of leaving it out')
  },
  run: async ({quick, requireTofu}) => {
    const failed = await check(quick, requireTofu)
    return {value: {failed}, text: '', code: failed === 0 ? 0 : 1}
  }
}), process.argv.slice(2))
