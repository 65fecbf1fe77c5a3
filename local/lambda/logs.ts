import {appendFile, mkdirSync} from 'node:fs'
import {join} from 'node:path'
import type {Outcome} from './outcome'

/** Keeps each function's lines in `<folder>/<function>.log`, in order. */
export interface FunctionLogs {
  write(functionName: string, line: string): void
}

interface Pending {
  text: string
  writing: boolean
}

/** Lines are collected while the last write is under way, so that a flood of them costs few writes. */
export const openFunctionLogs = (folder: string): FunctionLogs => {
  mkdirSync(folder, {recursive: true})
  const files = new Map<string, Pending>()
  const flush = (functionName: string, pending: Pending): void => {
    const {text} = pending
    pending.text = ''
    pending.writing = text !== ''
    if (pending.writing) {
      appendFile(join(folder, `${functionName}.log`), text, () => flush(functionName, pending))
    }
  }
  return {
    write: (functionName, line) => {
      const pending = files.get(functionName) ?? {text: '', writing: false}
      files.set(functionName, pending)
      pending.text += `${line}\n`
      if (!pending.writing) {
        flush(functionName, pending)
      }
    }
  }
}

/** As Lambda ends the log of an invocation. */
export const reportLine = (requestId: string, memoryMegabytes: number, outcome: Outcome): string => [
  `REPORT RequestId: ${requestId}`,
  `Duration: ${outcome.milliseconds.toFixed(2)} ms`,
  `Memory Size: ${memoryMegabytes} MB`,
  `Max Memory Used: ${Math.ceil(outcome.maxMemoryBytes / 1024 / 1024)} MB`,
  ...(outcome.initMilliseconds === undefined ? [] : [`Init Duration: ${outcome.initMilliseconds.toFixed(2)} ms`])
].join('\t')
