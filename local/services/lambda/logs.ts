import {appendFileSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'

/** How long lines are collected: a write for each would cost as much as a short invocation. */
const collectMilliseconds = 50

/** Keeps each function's lines in `<folder>/<function>.log`, in order. */
export interface FunctionLogs {
  write: (functionName: string, line: string) => void
  /** Writes what is collected, before it returns; what comes later is not kept. */
  close: () => void
}

/** Adds to a file; a log that cannot be written does not stop the functions. */
const append = (path: string, text: string): void => {
  try {
    appendFileSync(path, text)
  } catch (error) {
    process.emitWarning(`Expected to add to ${path}, got ${String(error)}; the lines of this moment are lost. Make room, or allow writing there.`)
  }
}

export const openFunctionLogs = (folder: string): FunctionLogs => {
  mkdirSync(folder, {recursive: true})
  const collected = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const flush = (): void => {
    timer = undefined
    collected.forEach((text, functionName) => append(join(folder, `${functionName}.log`), text))
    collected.clear()
  }
  return {
    write: (functionName, line) => {
      if (!closed) {
        collected.set(functionName, `${collected.get(functionName) ?? ''}${line}\n`)
        timer ??= setTimeout(flush, collectMilliseconds)
      }
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      flush()
    }
  }
}
