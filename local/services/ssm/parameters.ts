import type {DatabaseSync} from 'node:sqlite'
import type {Json} from '../../../shared/json'
import {type Documents, openDocuments} from '../../runtime/core/documents'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString, requiredString} from '../../runtime/core/json'

export interface Parameter {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly version: number
  /** Epoch seconds. */
  readonly modified: number
}

const types: readonly string[] = ['String', 'StringList', 'SecureString']

const maxBytes = 8192

/** Those of the deployment, and those that programs put. */
export const openParameters = (db: DatabaseSync, deployed: Readonly<Record<string, string>>, seconds: number): Documents<Parameter> => {
  const documents = openDocuments<Parameter>(db, 'ssm_parameters')
  documents.deploy(new Map(Object.entries(deployed).map(([name, value]) => [name, {name, type: 'SecureString', value, version: 1, modified: seconds}])))
  return documents
}

const checkName = (name: string): void => {
  if (!/^[\w./-]{1,1011}$/.test(name) || /^\/?(?:aws|ssm)/i.test(name)) {
    throw new ServiceError('ValidationException', `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive), and has letters, digits and ./_- alone; got '${
      name.slice(0, 100)}'.`)
  }
}

const typeIn = (input: Json, before: Parameter | undefined): string => {
  const type = optionalString(input, 'Type') ?? before?.type
  if (type === undefined) {
    throw new ServiceError('ValidationException', 'A parameter type is required when you create a parameter.')
  }
  if (!types.includes(type)) {
    throw new ServiceError('UnsupportedParameterType', `The parameter type ${type} is not supported; there are ${types.join(', ')}.`)
  }
  return type
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = (documents: Documents<Parameter>, input: Json, seconds: number): Json => {
  const [name, value] = [requiredString(input, 'Name'), requiredString(input, 'Value')]
  checkName(name)
  if (Buffer.byteLength(value) > maxBytes) {
    throw new ServiceError('ValidationException', `A parameter value has at most ${maxBytes} bytes; this one has ${Buffer.byteLength(value)}.`)
  }
  const before = documents.get(name)
  const type = typeIn(input, before)
  if (before !== undefined && input['Overwrite'] !== true) {
    throw new ServiceError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.')
  }
  const version = (before?.version ?? 0) + 1
  documents.put(name, {name, type, value, version, modified: seconds})
  return {Version: version, Tier: Buffer.byteLength(value) > 4096 ? 'Advanced' : 'Standard'}
}
