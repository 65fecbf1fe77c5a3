import type {EventEnvelope, InvocationResult} from '../runtime/core/types'
import {type Attempt, findDetail} from './attempts'
import type {ShadowBundle} from './bundle'
import {type Purpose, type Source, sourceError} from './doors/answer'
import type {Push} from './doors/doors'
import type {GivenUp} from './functions'

/** An attempt while it is played. */
export interface Scene {
  readonly attempt: Attempt
  readonly source: Source
  /** What functions ask sources for: the workflow's for the bytes, all others for what there is. */
  purpose: Purpose
  readonly events: EventEnvelope[]
  readonly states: string[]
  readonly pushes: Push[]
  readonly givenUp: GivenUp[]
  transfers: number
}

export const createScene = (attempt: Attempt, source: Source): Scene =>
  ({attempt, source, purpose: 'identify', events: [], states: [], pushes: [], givenUp: [], transfers: 0})

export type Failure = {readonly kind: 'service', readonly name: string} | {readonly kind: 'function', readonly result: InvocationResult}

/** A failure that is not the source's happened to the transfer itself, or to the service that called it: it happens again. */
export const findFailure = (bundle: ShadowBundle, {attempt}: Scene): Failure | undefined => {
  const failed = findDetail(attempt, 'FileDownloadFailed')
  const [name, message] = [String(failed?.['errorCode']), String(failed?.['errorMessage'])]
  if (failed === undefined || findDetail(attempt, 'FileDownloadStarted') === undefined || sourceError(bundle, name, message) !== undefined) {
    return undefined
  }
  return message.includes(name)
    ? {kind: 'service', name}
    : {kind: 'function', result: {functionError: 'Unhandled', payload: JSON.stringify({errorType: name, errorMessage: message, trace: []})}}
}
