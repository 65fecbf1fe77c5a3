import type {Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {requiredString} from '../../runtime/core/json'
import {answerJson} from '../../runtime/core/json-protocol'
import type {Clock, Service} from '../../runtime/core/types'
import type {Place} from '../../../shared/wiring/place'

export interface SsmDeps {
  /** Name → value. All are SecureStrings. */
  readonly parameters: Readonly<Record<string, string>>
  readonly place: Place
  readonly clock: Clock
}

/** What a SecureString shows without WithDecryption. */
const sealed = 'AQICAHembedded'

const hasParameter = (parameters: Readonly<Record<string, string>>, name: string): boolean => Object.hasOwn(parameters, name)

/** Parameters by name: secrets that the wiring only refers to. */
export const createSsm = ({parameters, place: {partition, region, account}, clock}: SsmDeps): Service => {
  const since = clock.now() / 1000
  const parameter = (name: string, input: Json): Json => ({
    Name: name,
    Type: 'SecureString',
    Value: input['WithDecryption'] === true ? parameters[name] : sealed,
    Version: 1,
    LastModifiedDate: since,
    ARN: `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`,
    DataType: 'text'
  })
  const getParameter = (input: Json): Json => {
    const name = requiredString(input, 'Name')
    if (!hasParameter(parameters, name)) {
      throw new ServiceError('ParameterNotFound', `Parameter ${name} not found.`)
    }
    return {Parameter: parameter(name, input)}
  }
  const getParameters = (input: Json): Json => {
    const names = Array.isArray(input['Names']) ? input['Names'].map(String) : []
    return {
      Parameters: names.filter((name) => hasParameter(parameters, name)).map((name) => parameter(name, input)),
      InvalidParameters: names.filter((name) => !hasParameter(parameters, name))
    }
  }
  return {
    signingName: 'ssm',
    handle: (request, response) => answerJson(request, response, {GetParameter: getParameter, GetParameters: getParameters})
  }
}
