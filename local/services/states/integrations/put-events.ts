import {asList, isObject, type Json} from '../../../../shared/json'
import {ServiceError} from '../../../runtime/core/errors'
import type {PutEventsResult} from '../../../runtime/core/types'
import {readEntries} from '../../events/put-events'
import {StatesError} from '../asl/errors'
import type {StatesDeps} from '../deps'
import type {TaskCall} from './call'
import {formatCause, unreachable} from './service-error'

const text = (value: unknown): unknown => value === undefined || typeof value === 'string' ? value : JSON.stringify(value)

const seconds = (time: unknown): unknown => typeof time === 'string' ? Date.parse(time) / 1000 : time

/** The detail may be an object, and every event names the machine and the execution that it came from. */
const toEntry = (entry: unknown, {machineArn, executionArn}: TaskCall): Json => {
  const {Detail, Resources, Time, ...rest} = isObject(entry) ? entry : {}
  return {
    ...rest, Detail: text(Detail), Resources: [...asList(Resources), machineArn, executionArn],
    ...(Time !== undefined && {Time: seconds(Time)})
  }
}

const sent = ({putEvents}: Pick<StatesDeps, 'putEvents'>, Entries: readonly Json[]): PutEventsResult => {
  try {
    return putEvents(readEntries({Entries}))
  } catch (error) {
    if (!(error instanceof ServiceError)) {
      throw unreachable('EventBridge', error)
    }
    const name = /^Validation|^Serialization/.test(error.code) ? 'AmazonEventBridgeException' : error.code
    throw new StatesError(`EventBridge.${name}`, formatCause('AmazonEventBridge', {...error, code: error.code, message: error.message, requestId: 'local'}))
  }
}

/** `events:putEvents`, which fails if one entry does: https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
export const putEventsTask = (deps: Pick<StatesDeps, 'putEvents'>, call: TaskCall): unknown => {
  const {Entries} = (isObject(call.parameters) ? call.parameters : {})
  const result = sent(deps, (Array.isArray(Entries) ? Entries : []).map((entry) => toEntry(entry, call)))
  if (result.FailedEntryCount > 0) {
    throw new StatesError('EventBridge.FailedEntry', JSON.stringify({Entries: result.Entries, FailedEntryCount: result.FailedEntryCount}))
  }
  return {Entries: result.Entries, FailedEntryCount: 0}
}
