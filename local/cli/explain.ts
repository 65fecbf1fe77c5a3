import {asObject} from '../../shared/json'
import {StartError} from '../../shared/start-error'
import {ownStack} from './own-stack'

/** What users read of an error that ended the program. */
export const explain = (error: unknown): string => {
  const {code, port} = asObject(error)
  if (code === 'EADDRINUSE') {
    return `Cannot listen on port ${String(port)} of 127.0.0.1: another program has it, perhaps another "npm start". Stop that one, or choose another port: npm start -- --port 0 takes any free one.`
  }
  if (code === 'EACCES' && port !== undefined) {
    return `Not permitted to listen on port ${String(port)}. Ports below 1024 are often reserved: choose a higher one with --port.`
  }
  // Anything else is a defect, and its place matters.
  const {message, stack} = error instanceof Error ? error : new Error(String(error))
  return error instanceof StartError ? message : stack === undefined ? message : ownStack(stack)
}
