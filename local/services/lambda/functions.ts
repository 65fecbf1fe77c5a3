import {ServiceError} from '../../runtime/core/errors'
import type {WiredFunction} from '../../../shared/wiring/functions'

/** The name in a name, a partial or whole ARN, with or without a qualifier. */
export const nameIn = (functionName: string): string => {
  const parts = functionName.split(':')
  const at = parts.indexOf('function')
  return (at === -1 ? parts[0] : parts[at + 1]) ?? ''
}

export type FindFunction = (functionName: string) => WiredFunction

/** Finds a function as Invoke names it. Throws ResourceNotFoundException. */
export const functionFinder = (functions: readonly WiredFunction[]): FindFunction => (functionName) => {
  const wired = functions.find(({name}) => name === nameIn(functionName))
  if (wired === undefined) {
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionName}`, 404)
  }
  return wired
}
