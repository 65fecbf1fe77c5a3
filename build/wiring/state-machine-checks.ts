import validate from 'asl-validator'
import {trustedJson} from '../../shared/json'
import type {Answer, Reply} from './call'

const json = (body: unknown): Reply => ({status: 200, headers: {'content-type': 'application/x-amz-json-1.0'}, body: JSON.stringify(body)})

const diagnose = (definition: string): Reply => {
  const {isValid, errors} = validate(JSON.parse(definition))
  const diagnostics = errors.map((error) => ({severity: 'ERROR', code: error['Error code'], message: error.Message, location: error.path ?? '/'}))
  return json({result: isValid ? 'OK' : 'FAIL', diagnostics, truncated: false})
}

/** The operations of Step Functions that the provider needs and moto lacks; definitions meet a real validator. */
export const stateMachineChecks: Answer = ({headers, body}) => {
  switch (headers['x-amz-target']) {
    case 'AWSStepFunctions.ValidateStateMachineDefinition':
      return diagnose(trustedJson<{definition: string}>(body.toString()).definition)
    case 'AWSStepFunctions.ListStateMachineVersions':
      return json({stateMachineVersions: []})
    default:
      return undefined
  }
}
