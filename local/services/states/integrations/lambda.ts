import {isObject} from '../../../../shared/json'
import {ServiceError} from '../../../runtime/core/errors'
import type {InvocationResult} from '../../../runtime/core/types'
import type {StatesDeps} from '../deps'
import {runtimeError, StatesError} from '../asl/errors'
import {formatCause, unreachable} from './service-error'

const parsed = (payload: string): unknown => {
  try {
    return payload === '' ? null : JSON.parse(payload)
  } catch {
    return payload
  }
}

/** A function's error keeps its own name; its whole payload is the cause. */
const functionError = (payload: string): StatesError => {
  const error = parsed(payload)
  const type = isObject(error) ? error['errorType'] : undefined
  return typeof type === 'string' && type !== ''
    ? new StatesError(type, payload)
    : new StatesError('Lambda.Unknown',
        `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`)
}

const invoked = async ({invoke}: Pick<StatesDeps, 'invoke'>, name: string, payload: unknown): Promise<InvocationResult> => {
  try {
    return await invoke(name, JSON.stringify(payload))
  } catch (error) {
    if (!(error instanceof ServiceError)) {
      throw unreachable('Lambda', error)
    }
    throw new StatesError(`Lambda.${error.code}`, formatCause('AWSLambda', {...error, code: error.code, message: error.message, requestId: 'local'}))
  }
}

/** A function as resource: its result alone. */
export const invokeFunction = async (deps: Pick<StatesDeps, 'invoke'>, arn: string, input: unknown): Promise<unknown> => {
  const {payload, functionError: failed} = await invoked(deps, arn, input)
  if (failed !== undefined) {
    throw functionError(payload)
  }
  return parsed(payload)
}

/** `lambda:invoke`: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const invokeLambda = async (deps: Pick<StatesDeps, 'invoke'>, parameters: unknown): Promise<unknown> => {
  const {FunctionName, Payload = {}, InvocationType = 'RequestResponse'} = (isObject(parameters) ? parameters : {})
  if (typeof FunctionName !== 'string' || InvocationType !== 'RequestResponse') {
    throw runtimeError('The parameters of lambda:invoke need a FunctionName; the embedded runtime invokes synchronously only.')
  }
  const {payload, functionError: failed} = await invoked(deps, FunctionName, Payload)
  if (failed !== undefined) {
    throw functionError(payload)
  }
  return {ExecutedVersion: '$LATEST', Payload: parsed(payload), StatusCode: 200}
}
