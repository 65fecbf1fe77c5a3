import type {Output} from '../../shared/cli/command'
import {RefusedError} from '../../shared/cli/errors'
import {bucketsIn} from './account'
import type {Environment} from './environment'
import type {Category} from './guard'
import {backendArguments, findPlace, told} from './state'
import {settingsLeftOut, type Tofu, tofuIn} from './tofu'
import {makeWorkspace, variablesLeftOut} from './workspace'

export interface Stack {
  readonly environment: Environment
  readonly tofu: Tofu
  readonly output: Output
}

/** Throws RefusedError with what the program printed, if it failed. */
export const demand = ({code, stdout, stderr}: {readonly code: number, readonly stdout: string, readonly stderr: string}, what: string): string => {
  if (code !== 0) {
    throw new RefusedError(`${what} failed:\n${(stderr || stdout).trim()}`)
  }
  return stdout
}

const sayWhatIsLeftOut = (environment: Environment, say: (line: string) => void): void => {
  const leftOut = [...settingsLeftOut(process.env), ...variablesLeftOut().map((file) => `terraform/${file}`)]
  if (leftOut.length > 0) {
    say(`Left out: ${leftOut.join(', ')}. Settings stand in terraform/environments/${environment.name}.tfvars alone, so that every machine plans the same.`)
  }
}

/** The stack of an environment, ready for a command: its own copy of the HCL, its own state. Says which program it runs, on what. */
export const prepare = async (
  environment: Environment, allowed: ReadonlySet<Category>, {json, output}: {readonly json: boolean, readonly output: Output}
): Promise<Stack> => {
  const {name, suffix, region} = environment
  const place = await findPlace(environment, bucketsIn(region), process.env)
  const workspace = makeWorkspace(name, place, allowed)
  const tofu = tofuIn(workspace.terraform, {data: workspace.data, region, json})
  output.note(`${tofu.program}: environment ${name}, stack MediaDownloader${suffix} in ${region}, state ${told(environment, place)}`)
  sayWhatIsLeftOut(environment, output.note)
  demand(await tofu.run(['init', '-no-color', '-reconfigure', ...backendArguments(environment, place)]), `${tofu.program} init`)
  return {environment, tofu, output}
}
