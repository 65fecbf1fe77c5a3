import {asObject, type Json, parsedJson} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {spoken} from './spoken'

const refused = (what: string): ServiceError =>
  new ServiceError('ValidationException', `The embedded DynamoDB does not speak ${what}. Nothing was done.`)

/** `l[0]`, `#a.b[12]` */
const indexed = /^(.*)\[(\d+)\]$/

/** Paths of one list, the last index first: each index is of the list as it was, and dynalite removes one after the other. */
const lastFirst = (paths: readonly string[]): string[] => [...paths].sort((one, other) => {
  const [, list, index] = indexed.exec(one) ?? []
  const [, otherList, otherIndex] = indexed.exec(other) ?? []
  return list !== undefined && list === otherList ? Number(otherIndex) - Number(index) : 0
})

/** An update with the paths of its REMOVE in an order in which they mean what they say. */
export const orderedRemoval = (expression: string): string => expression.replace(
  /\bREMOVE\s+(.+?)(?=\s+(?:SET|ADD|DELETE)\s|$)/is,
  (clause, paths: string) => clause.replace(paths, () => lastFirst(paths.split(',').map((path) => path.trim())).join(', '))
)

const isOn = (input: Json, name: string): boolean => input[name] === true

const check = (operation: string, input: Json): void => {
  const onFailure = input['ReturnValuesOnConditionCheckFailure']
  if (onFailure !== undefined && onFailure !== 'NONE') {
    throw refused(`ReturnValuesOnConditionCheckFailure ${String(onFailure)}`)
  }
  if ((operation === 'Scan' || operation === 'Query') && isOn(input, 'ConsistentRead') && input['IndexName'] !== undefined) {
    throw new ServiceError('ValidationException', 'Consistent reads are not supported on global secondary indexes')
  }
}

/** Words that a body has if it needs a look: each request of the runtime's own goes through here. */
const suspicious = /ReturnValuesOnConditionCheckFailure|"ConsistentRead":\s*true|REMOVE/i

/**
 * What dynalite gets in the place of a request's body. Throws ServiceError for what it would answer wrongly: an operation or a parameter
 * that it does not know.
 */
export const correctedBody = (target: string, body: Buffer): Buffer => {
  const operation = target.split('.').at(-1) ?? ''
  if (!Object.hasOwn(spoken.operations, operation)) {
    throw new ServiceError('UnknownOperationException', `The embedded DynamoDB does not speak ${operation || 'a request without X-Amz-Target'}.`)
  }
  const text = body.toString('utf8')
  if (!suspicious.test(text)) {
    return body
  }
  const input = asObject(parsedJson(text))
  check(operation, input)
  const {UpdateExpression: update} = input
  return typeof update === 'string' && /\bREMOVE\b.*\].*\]/is.test(update)
    ? Buffer.from(JSON.stringify({...input, UpdateExpression: orderedRemoval(update)}))
    : body
}
