import {asObject} from '../../shared/json'
import {StartError} from '../../shared/start-error'
import {UsageError} from './options'

/** What users read of an error that ended the program, and the exit code: 2 if they typed something wrong. */
export const explain = (error: unknown, command = 'npm start'): {message: string, exitCode: number} => {
  if (error instanceof UsageError) {
    return {message: `${error.message}. See ${command} -- --help`, exitCode: 2}
  }
  const {code, port} = asObject(error)
  if (code === 'EADDRINUSE') {
    return {
      message: `Cannot listen on port ${String(port)} of 127.0.0.1: another program has it, perhaps another "npm start". Stop that one, or choose another port: npm start -- --port 0 takes any free one.`,
      exitCode: 1
    }
  }
  if (code === 'EACCES' && port !== undefined) {
    return {message: `Not permitted to listen on port ${String(port)}. Ports below 1024 are often reserved: choose a higher one with --port.`, exitCode: 1}
  }
  // Anything else is a defect, and its place matters.
  const {message, stack} = error instanceof Error ? error : new Error(String(error))
  return {message: error instanceof StartError ? message : stack ?? message, exitCode: 1}
}
