import {isObject, type Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import type {QueryInput} from '../../runtime/core/query-protocol'
import {requiredParameter} from '../../runtime/core/query-protocol'

const invalid = (reason: string): ServiceError => new ServiceError('InvalidParameter', `Invalid parameter: ${reason}`)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const structured = (message: string): Json => {
  const value = parsed(message)
  if (!isObject(value)) {
    throw invalid('Message Structure - JSON message body failed to parse')
  }
  if (typeof value['default'] !== 'string') {
    throw invalid('Message Structure - No default entry in JSON message body')
  }
  return value
}

/** What reaches one platform: its own payload of a structured message, else the text. Throws InvalidParameter. */
export const messageFor = (input: QueryInput, platform: string): unknown => {
  const message = requiredParameter(input, 'Message')
  if (input.get('MessageStructure') !== 'json') {
    return message
  }
  const payloads = structured(message)
  const payload = payloads[platform] ?? payloads['default']
  if (typeof payload !== 'string') {
    throw invalid(`Message Structure - the entry for ${platform} is no string`)
  }
  return parsed(payload) ?? payload
}

/** `MessageAttributes.entry.<n>.Name` / `.Value.StringValue` */
export const readMessageAttributes = (input: QueryInput): Record<string, string> => {
  const entries: Array<[string, string]> = []
  for (let n = 1; input.has(`MessageAttributes.entry.${n}.Name`); n++) {
    entries.push([input.get(`MessageAttributes.entry.${n}.Name`)!, input.get(`MessageAttributes.entry.${n}.Value.StringValue`) ?? ''])
  }
  return Object.fromEntries(entries)
}
