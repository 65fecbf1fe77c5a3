import {createInterface} from 'node:readline/promises'
import {UsageError} from './errors'

/** Answer of whoever sits at the terminal. Throws UsageError with `otherwise` where nobody does. */
export const ask = async (question: string, otherwise: string): Promise<string> => {
  if (!process.stdin.isTTY) {
    throw new UsageError(otherwise)
  }
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}
