import {run} from '../program/run'
import {titleOf, type Tool} from '../tofu/tools'

/** Runs a command of OpenTofu or Terraform in the stack's folder and returns what it prints. Throws its whole output if it fails. */
export type Command = (...args: string[]) => Promise<string>

export interface CommandOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Hears of every 25 resources made or destroyed. */
  readonly say: (line: string) => void
}

export const createCommand = (tool: Tool, {cwd, env, say}: CommandOptions): Command => async (...args) => {
  let complete = 0
  const onLine = (line: string): void => {
    complete += /: (Creation|Destruction) complete after/.test(line) ? 1 : 0
    if (complete > 0 && complete % 25 === 0 && /complete after/.test(line)) {
      say(`${args[0]}: ${complete} resources`)
    }
  }
  const {code, output} = await run(tool.program, args, {cwd, env, onLine})
  if (code !== 0) {
    throw new Error(`${titleOf(tool)}: ${args.join(' ')} ended with exit code ${code}:\n${output}`)
  }
  return output
}
