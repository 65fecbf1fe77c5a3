import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {asServiceError, send} from './answer'
import {readBody} from './body'
import {ServiceError} from './errors'
import {type XmlValue, xmlDocument} from './xml'

/** Flat parameters of a query request, for example `Attributes.entry.1.key`. */
export type QueryInput = ReadonlyMap<string, string>

export type QueryOutput = {readonly [name: string]: XmlValue} | void

export type QueryOperations = Readonly<Record<string, (input: QueryInput) => QueryOutput | Promise<QueryOutput>>>

/** Entries of a map parameter: `<name>.entry.<n>.key` / `.value`. */
export const readMap = (input: QueryInput, name: string): Record<string, string> => {
  const entries: Array<[string, string]> = []
  for (let n = 1; input.has(`${name}.entry.${n}.key`); n++) {
    entries.push([input.get(`${name}.entry.${n}.key`)!, input.get(`${name}.entry.${n}.value`) ?? ''])
  }
  return Object.fromEntries(entries)
}

/** A map as query answers have it. */
export const xmlEntries = (map: Readonly<Record<string, string>>): XmlValue =>
  ({entry: Object.entries(map).map(([key, value]) => ({key, value}))})

/** A parameter that must be there. Throws InvalidParameter. */
export const requiredParameter = (input: QueryInput, name: string): string => {
  const value = input.get(name)
  if (!value) {
    throw new ServiceError('InvalidParameter', `Invalid parameter: ${name}`)
  }
  return value
}

const run = async (request: IncomingMessage, operations: QueryOperations): Promise<{action: string, output: QueryOutput}> => {
  const input = new Map(new URLSearchParams((await readBody(request)).toString('utf8')))
  const action = input.get('Action') ?? ''
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined
  if (operation === undefined) {
    throw new ServiceError('InvalidAction', `The embedded AWS does not speak '${action}'.`)
  }
  return {action, output: await operation(input)}
}

/** An error as the query protocol has it. */
export const errorDocument = ({code, message, statusCode}: ServiceError, namespace: string, requestId: string): string =>
  xmlDocument('ErrorResponse', namespace, {Error: {Type: statusCode < 500 ? 'Sender' : 'Receiver', Code: code, Message: message}, RequestId: requestId})

/** Speaks the AWS query protocol: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const answerQuery = async (
  request: IncomingMessage, response: ServerResponse, namespace: string, operations: QueryOperations
): Promise<void> => {
  const requestId = randomUUID()
  const headers = {'content-type': 'text/xml', 'x-amzn-requestid': requestId}
  try {
    const {action, output} = await run(request, operations)
    const result = {...(output && {[`${action}Result`]: output}), ResponseMetadata: {RequestId: requestId}}
    send(response, 200, headers, xmlDocument(`${action}Response`, namespace, result))
  } catch (error) {
    const serviceError = asServiceError(error)
    send(response, serviceError.statusCode, headers, errorDocument(serviceError, namespace, requestId))
  }
}
