import type {DatabaseSync} from 'node:sqlite'
import {asList, type Json} from '../../../shared/json'
import type {Place} from '../../../shared/wiring/place'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString, requiredString} from '../../runtime/core/json'
import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import type {Clock, Service} from '../../runtime/core/types'
import {openParameters, type Parameter, putParameter} from './parameters'

export interface SsmDeps {
  readonly db: DatabaseSync
  /** Name → value, of the deployment. All are SecureStrings. */
  readonly parameters: Readonly<Record<string, string>>
  readonly place: Place
  readonly clock: Clock
}

/** What a SecureString shows without WithDecryption. */
const sealed = 'AQICAHembedded'

const shown = ({partition, region, account}: Place, {name, type, value, version, modified}: Parameter, input: Json): Json => ({
  Name: name,
  Type: type,
  Value: type !== 'SecureString' || input['WithDecryption'] === true ? value : sealed,
  Version: version,
  LastModifiedDate: modified,
  ARN: `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`,
  DataType: 'text'
})

/** Directly below a path, or anywhere below it. */
const isBelow = (name: string, path: string, isRecursive: boolean): boolean => {
  const prefix = path.endsWith('/') ? path : `${path}/`
  return name.startsWith(prefix) && (isRecursive || !name.slice(prefix.length).includes('/'))
}

/** Parameters by name: secrets that the wiring only refers to, and what programs put. */
export const createSsm = ({db, parameters, place, clock}: SsmDeps): Service => {
  const documents = openParameters(db, parameters, clock.now() / 1000)
  const find = (name: string): Parameter => {
    const found = documents.get(name)
    if (found === undefined) {
      throw new ServiceError('ParameterNotFound', `Parameter ${name} not found.`)
    }
    return found
  }
  const operations: Operations = {
    GetParameter: (input) => ({Parameter: shown(place, find(requiredString(input, 'Name')), input)}),
    GetParameters: (input) => {
      const names = asList(input['Names']).map(String)
      const found = names.map((name) => documents.get(name)).filter((each) => each !== undefined)
      return {
        Parameters: found.map((each) => shown(place, each, input)),
        InvalidParameters: names.filter((name) => documents.get(name) === undefined)
      }
    },
    GetParametersByPath: (input) => {
      const below = documents.all().filter(({name}) => isBelow(name, requiredString(input, 'Path'), input['Recursive'] === true))
      const {items, next} = takePage(below, Number(input['MaxResults'] ?? 10), optionalString(input, 'NextToken'))
      return {Parameters: items.map((each) => shown(place, each, input)), ...(next !== undefined && {NextToken: next})}
    },
    PutParameter: (input) => putParameter(documents, input, clock.now() / 1000),
    DeleteParameter: (input) => { documents.delete(find(requiredString(input, 'Name')).name) }
  }
  return {signingName: 'ssm', handle: (request, response) => answerJson(request, response, operations)}
}
