import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {cbor, dateToTag} from '@smithy/core/cbor'
import {asObject, isObject, type Json} from '../../../shared/json'
import {asServiceError, send} from '../../runtime/core/answer'
import {readBody} from '../../runtime/core/body'
import {requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'
import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import {answerQuery, type QueryInput} from '../../runtime/core/query-protocol'
import type {XmlValue} from '../../runtime/core/xml'

const namespace = 'http://monitoring.amazonaws.com/doc/2010-08-01/'

/** `/service/<name>/operation/<operation>` of RPC v2. */
const operationIn = (request: IncomingMessage): string | undefined => /^\/service\/[^/]+\/operation\/(\w+)$/.exec(requestUrl(request).pathname)?.[1]

/** A time is a tagged number on the wire. */
const mapped = (value: unknown, map: (value: unknown) => unknown): unknown => {
  const own = map(value)
  if (own !== value) {
    return own
  }
  return Array.isArray(value)
    ? value.map((item) => mapped(item, map))
    : isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, map)])) : value
}

const fromWire = (value: unknown): unknown => isObject(value) && value['tag'] === 1 ? new Date(Number(value['value']) * 1000) : value
const toWire = (value: unknown): unknown => value instanceof Date ? dateToTag(value) : value

const answerCbor = async (request: IncomingMessage, response: ServerResponse, name: string, operations: Operations): Promise<void> => {
  const headers = {'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': randomUUID()}
  try {
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
    if (operation === undefined) {
      throw new ServiceError('UnknownOperationException', `The embedded AWS does not speak '${name}'.`)
    }
    const body = await readBody(request)
    const input = asObject(body.length === 0 ? {} : mapped(cbor.deserialize(body), fromWire))
    send(response, 200, headers, Buffer.from(cbor.serialize(mapped(await operation(input), toWire))))
  } catch (error) {
    const {code, message, statusCode} = asServiceError(error)
    send(response, statusCode, headers, Buffer.from(cbor.serialize({__type: code, message})))
  }
}

/** Flat parameters as the members that they stand for: `Dimensions.member.1.Name`. */
const membersOf = (input: QueryInput): Json => {
  const lists = new Map<string, unknown[]>()
  const members: Array<[string, unknown]> = []
  for (const [path, value] of input) {
    const [name = '', list, index = '', member] = path.split('.')
    if (list === 'member') {
      const items = lists.get(name) ?? []
      lists.set(name, items)
      items[Number(index) - 1] = member === undefined ? value : {...asObject(items[Number(index) - 1] ?? {}), [member]: value}
    } else {
      members.push([name, value])
    }
  }
  return Object.fromEntries([...members, ...lists])
}

/** Lists are `<member>`s in XML. */
const asXml = (value: unknown): XmlValue => {
  if (value instanceof Date) {
    return value.toISOString()
  }
  if (Array.isArray(value)) {
    return {member: value.map(asXml)}
  }
  if (isObject(value)) {
    return xmlMembers(value)
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}

const xmlMembers = (value: object): Record<string, XmlValue> => Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asXml(item)]))

const asSeconds = (value: unknown): unknown => value instanceof Date ? value.getTime() / 1000 : value

/** Speaks the three protocols that CloudWatch speaks: which one comes depends on the client and its age. */
export const answerAny = (request: IncomingMessage, response: ServerResponse, operations: Operations): Promise<void> => {
  const name = operationIn(request)
  if (name !== undefined) {
    return answerCbor(request, response, name, operations)
  }
  const each = <Answer>(answer: (run: Operations[string]) => Answer): Record<string, Answer> =>
    Object.fromEntries(Object.entries(operations).map(([operation, run]) => [operation, answer(run)]))
  return request.headers['x-amz-target'] === undefined
    ? answerQuery(request, response, namespace, each((run) => async (input) => xmlMembers(asObject(await run(membersOf(input))))))
    : answerJson(request, response, each((run) => async (input) => mapped(await run(input), asSeconds)))
}
