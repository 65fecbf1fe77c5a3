import type {Command} from 'commander'
import {programs, summary} from '../../ops/programs'
import {group} from '../../shared/cli/command'
import {runProgram} from '../../shared/cli/program'

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command of `npm run ops --` in this process. */
export const ops = async (...args: readonly string[]): Promise<Said> => {
  let [out, err] = ['', '']
  const code = await runProgram('npm run ops --', summary, await programs(), args, {
    out: (text) => { out += text },
    err: (text) => { err += text }
  })
  return {code, out, err}
}

const leaves = (command: Command, path: readonly string[]): Array<readonly string[]> => command.commands.length === 0
  ? [path]
  : command.commands.flatMap((each) => leaves(each, [...path, each.name()]))

/** Every command of `npm run ops --` by its words. */
export const opsCommands = async (): Promise<Array<readonly string[]>> =>
  leaves(group('ops', summary, await programs()).build({version: '', write: () => undefined, perform: async () => undefined}), [])

const helps = new Map<string, Promise<string>>()

const readHelp = async (program: string): Promise<string> => {
  const paths = (await opsCommands()).filter(([name]) => name === program)
  return (await Promise.all(paths.map((path) => ops(...path, '-h')))).map(({out}) => out).join('\n')
}

/** Help of all commands of one of the programs. */
export const opsHelp = (program: string): Promise<string> => {
  const help = helps.get(program) ?? readHelp(program)
  helps.set(program, help)
  return help
}
