import {trustedJson} from '../../shared/json'
import {validateMachine} from '../../shared/validate-machine'
import type {Answer, Reply} from './call'

const json = (body: unknown): Reply => ({status: 200, headers: {'content-type': 'application/x-amz-json-1.0'}, body: JSON.stringify(body)})

/** The operations of Step Functions that the provider needs and moto lacks; definitions meet a real validator. */
export const stateMachineChecks: Answer = ({headers, body}) => {
  switch (headers['x-amz-target']) {
    case 'AWSStepFunctions.ValidateStateMachineDefinition':
      return json(validateMachine(trustedJson<{definition: string}>(body.toString()).definition))
    case 'AWSStepFunctions.ListStateMachineVersions':
      return json({stateMachineVersions: []})
    default:
      return undefined
  }
}
