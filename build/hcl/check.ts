import {mkdtempSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {type Finished, run} from '../program/run'
import type {Tool} from '../tofu/tools'
import {mirrorArguments} from '../wiring/mirror'
import {terraformEnvironment} from '../tofu/environment'
import {root, type Workspace} from '../wiring/workspace'

export interface Result {
  readonly name: string
  /** Why the step failed; undefined if it went well. */
  readonly problem: string | undefined
  readonly detail?: string
}

export interface Checker {
  checkFormat: () => Promise<Result>
  checkModule: (folder: string) => Promise<Result>
  checkRefusal: (file: string) => Promise<Result>
}

const failed = ({code, output}: Finished): string | undefined => code === 0 ? undefined : output.trim()

/** Checks the HCL of `workspace`, of which no other tool makes use, with one tool. */
export const createChecker = ({program}: Tool, workspace: Workspace): Checker => {
  const env = terraformEnvironment()
  const mirror = mirrorArguments(mkdtempSync(join(workspace.folder, 'mirror-')))
  const tool = (cwd: string, ...args: string[]): Promise<Finished> => run(program, args, {cwd, env})
  const title = (folder: string): string => relative(workspace.folder, folder)

  /** init, validate and the module's own tests. */
  const checkModule = async (folder: string): Promise<Result> => {
    const init = failed(await tool(folder, 'init', '-no-color', '-backend=false', ...mirror))
    const validate = init ?? failed(await tool(folder, 'validate', '-no-color'))
    if (validate !== undefined) {
      return {name: title(folder), problem: validate}
    }
    const tests = await tool(folder, 'test', '-no-color')
    return {name: title(folder), problem: failed(tests), detail: /^(Success|Failure)! (.*)$/m.exec(tests.output)?.[2] ?? 'no tests'}
  }

  /** A plan that must fail, with the words that its first line expects. */
  const checkRefusal = async (file: string): Promise<Result> => {
    const expected = /^# expect: (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 'a first line "# expect: …"'
    const folder = dirname(file)
    const init = failed(await tool(folder, 'init', '-no-color', '-backend=false', ...mirror))
    const {code, output} = await tool(folder, 'plan', '-no-color')
    const refused = init === undefined && code !== 0 && output.includes(expected)
    return {name: title(folder), problem: refused ? undefined : `Expected the plan to be refused with '${expected}':\n${init ?? output}`, detail: 'refused as expected'}
  }

  const checkFormat = async (): Promise<Result> => ({
    name: 'format',
    problem: failed(await tool(join(root, 'terraform'), 'fmt', '-check', '-diff', '-no-color', '-recursive', '.'))
  })

  return {checkFormat, checkModule, checkRefusal}
}
