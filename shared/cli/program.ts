import {join} from 'node:path'
import {readJson} from '../read-json'
import {type Entry, type Frame, group, parse} from './command'
import {explainError, UsageError} from './errors'

/** Where a program writes. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

const standard: Streams = {out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text)}

/** A reader that has seen enough, such as `head`, ends a program as it ends others: without a word. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error
  }
  process.exit()
})

const readVersion = (): string => readJson<{version: string}>(join(import.meta.dirname, '..', '..', 'package.json')).version

/** Runs a program that is one command, or the command that a command line names. Returns the exit code: 2 if the command line is wrong. */
export const runCommand = async (entry: Entry, args: readonly string[], {out, err} = standard): Promise<number> => {
  let code = 0
  const perform: Frame['perform'] = async (run, {json, failure = 1, explain = explainError}) => {
    const note = (line: string): void => err(`${line}\n`)
    try {
      const result = await run({note, print: (line) => void (json || out(`${line}\n`))})
      code = result.code ?? 0
      const printed = json ? JSON.stringify(result.value, null, 2) ?? '' : result.text
      out(printed === '' ? '' : `${printed}\n`)
    } catch (error) {
      if (error instanceof UsageError) {
        throw error
      }
      note(explain(error))
      code = failure
    }
  }
  try {
    await parse(entry.build({version: readVersion(), write: out, perform}), args)
    return code
  } catch (error) {
    err(`${explainError(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

/** Runs a program of several commands. Returns its exit code. */
export const runProgram = (name: string, summary: string, entries: readonly Entry[], args: readonly string[], streams = standard): Promise<number> =>
  runCommand(group(name, summary, entries), args, streams)
