import type {ServerResponse} from 'node:http'
import {isObject, type Json} from '../../../shared/json'
import {send} from '../../runtime/core/answer'
import type {InvocationResult} from '../../runtime/core/types'

export const refuse = (response: ServerResponse, statusCode: number, message: string): void =>
  send(response, statusCode, {'content-type': 'application/json'}, JSON.stringify({message}))

const plain = (payload: string, value: unknown): {body: string, type: string} =>
  ({body: typeof value === 'string' ? value : payload, type: 'application/json'})

const structured = (response: ServerResponse, result: Json & {readonly statusCode: number}): void => {
  const body = result['body'] ?? ''
  const headers = isObject(result['headers']) ? result['headers'] : {}
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, String(value))
  }
  if (Array.isArray(result['cookies'])) {
    response.setHeader('set-cookie', result['cookies'].map(String))
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const defaults: Record<string, string> = response.hasHeader('content-type') ? {} : {'content-type': 'text/plain;charset=utf-8'}
  send(response, result.statusCode, defaults, result['isBase64Encoded'] === true ? Buffer.from(text, 'base64') : text)
}

const hasStatus = (value: unknown): value is Json & {readonly statusCode: number} => {
  const statusCode = isObject(value) ? value['statusCode'] : undefined
  return typeof statusCode === 'number' && Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599
}

/** What the caller gets of a function's result: its structured answer, or its JSON as it is; 500 if it failed. */
export const answerResult = (response: ServerResponse, {payload, functionError}: InvocationResult): void => {
  const value: unknown = functionError === undefined ? JSON.parse(payload) : undefined
  if (hasStatus(value)) {
    structured(response, value)
  } else if (functionError !== undefined || (isObject(value) && 'statusCode' in value)) {
    refuse(response, 500, 'Internal Server Error')
  } else {
    const {body, type} = plain(payload, value)
    send(response, 200, {'content-type': type}, body)
  }
}
