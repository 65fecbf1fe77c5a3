import {createInterface} from 'node:readline/promises'
import {UsageError} from '../../shared/cli/errors'

/** What is typed at the terminal. Throws `otherwise` if there is none, as a UsageError if it is a text. */
export const ask = async (question: string, otherwise: string | Error): Promise<string> => {
  if (!process.stdin.isTTY) {
    throw typeof otherwise === 'string' ? new UsageError(otherwise) : otherwise
  }
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}
