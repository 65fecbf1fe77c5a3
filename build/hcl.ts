import {existsSync, globSync, mkdtempSync, readFileSync} from 'node:fs'
import {basename, dirname, join, relative} from 'node:path'
import {mirrorArguments} from './wiring/mirror'
import {type Finished, findTerraform, run, terraformEnvironment} from './wiring/terraform'
import {makeWorkspace, root, type Workspace} from './wiring/workspace'

interface Step {
  readonly name: string
  /** Why the step failed; undefined where it went well. */
  readonly problem: string | undefined
  readonly detail?: string
}

const failed = ({code, output}: Finished): string | undefined => code === 0 ? undefined : output.trim()

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

const checker = (workspace: Workspace) => {
  const program = findTerraform()
  const env = terraformEnvironment()
  const mirror = mirrorArguments(mkdtempSync(join(workspace.folder, 'mirror-')))
  const terraform = (cwd: string, ...args: string[]): Promise<Finished> => run(program, args, {cwd, env})
  const title = (folder: string): string => relative(workspace.folder, folder)

  /** init, validate and the module's own tests. */
  const checkModule = async (folder: string): Promise<Step> => {
    const init = failed(await terraform(folder, 'init', '-no-color', '-backend=false', ...mirror))
    const validate = init ?? failed(await terraform(folder, 'validate', '-no-color'))
    if (validate !== undefined) {
      return {name: title(folder), problem: validate}
    }
    const tests = await terraform(folder, 'test', '-no-color')
    return {name: title(folder), problem: failed(tests), detail: /^(Success|Failure)! (.*)$/m.exec(tests.output)?.[2] ?? 'no tests'}
  }

  /** A plan that must fail, with the words that its first line expects. */
  const checkRefusal = async (file: string): Promise<Step> => {
    const expected = /^# expect: (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 'a first line "# expect: …"'
    const folder = dirname(file)
    const init = failed(await terraform(folder, 'init', '-no-color', '-backend=false', ...mirror))
    const {code, output} = await terraform(folder, 'plan', '-no-color')
    const refused = init === undefined && code !== 0 && output.includes(expected)
    return {name: title(folder), problem: refused ? undefined : `Expected the plan to be refused with '${expected}':\n${init ?? output}`, detail: 'refused as expected'}
  }

  const checkFormat = async (): Promise<Step> => ({
    name: 'format',
    problem: failed(await terraform(join(root, 'terraform'), 'fmt', '-check', '-diff', '-no-color', '-recursive', '.'))
  })

  return {checkFormat, checkModule, checkRefusal}
}

const report = ({name, problem, detail}: Step): void => {
  console.log(`${problem === undefined ? 'ok    ' : 'FAILED'} ${name}${detail === undefined ? '' : `  ${detail}`}`)
  if (problem !== undefined) {
    console.error(problem)
  }
}

const main = async (): Promise<number> => {
  await buildMissingZips()
  const workspace = makeWorkspace()
  try {
    const {checkFormat, checkModule, checkRefusal} = checker(workspace)
    const folders = ['bootstrap', ...globSync('modules/*/', {cwd: workspace.terraform}).sort()]
    const modules = [workspace.terraform, ...folders.map((path) => join(workspace.terraform, path))]
    const refusals = globSync('modules/*/tests/refused-*/main.tf', {cwd: workspace.terraform}).sort().map((path) => join(workspace.terraform, path))
    let problems = 0
    const steps = [checkFormat, ...modules.map((folder) => () => checkModule(folder)), ...refusals.map((file) => () => checkRefusal(file))]
    for (const step of steps) {
      const result = await step()
      report(result)
      problems += result.problem === undefined ? 0 : 1
    }
    return problems === 0 ? 0 : 1
  } finally {
    workspace.remove()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
