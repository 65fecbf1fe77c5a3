import {type IncomingMessage, ServerResponse} from 'node:http'
import {Readable} from 'node:stream'
import {readBody} from '../../runtime/core/body'
import {requestUrl} from '../../runtime/core/credential-scope'
import type {Service} from '../../runtime/core/types'
import type {Caller, Callers} from '../../services/lambda/callers'
import {sendRefusal} from './answer'
import type {Fault} from './fault'
import type {Faults, Occasion} from './faults'
import {operationName} from './operation'
import {createRefusal} from './refusal'
import {percentDecoded} from '../../../shared/percent'

/** Stands in the way of every call that comes over the wire. */
export type Gate = (service: Service, request: IncomingMessage, response: ServerResponse) => Promise<void>

interface Call {
  readonly service: Service
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Media goes through as it comes; what else a call says may be read ahead. */
const isStream = (request: IncomingMessage, service: string): boolean => service === 's3' || request.method !== 'POST'

/** The request with its body still to be read, as if no one had. */
const again = (request: IncomingMessage, body: Buffer): IncomingMessage => {
  const {method, url, headers} = request
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- services read these members alone
  return Object.assign(Readable.from(body.length === 0 ? [] : [body]), {method, url, headers, complete: true}) as unknown as IncomingMessage
}

/** No one ever reads what is sent into it. */
const perform = async ({service, request}: Call): Promise<void> => {
  // A body that streams to someone needs someone.
  if (request.method !== 'GET') {
    await service.handle(request, new ServerResponse(request))
  }
}

const breakOff = ({request, response}: Call): void => {
  request.resume()
  response.socket?.resetAndDestroy()
}

const kill = async (call: Call, {effect}: Fault, caller: Caller): Promise<void> => {
  if (effect === 'after') {
    await perform(call)
  }
  caller.kill()
  breakOff(call)
}

const strike = async (call: Call, {effect}: Fault): Promise<void> => {
  if (effect === 'throttle' || effect === 'error') {
    call.request.resume()
    sendRefusal(call.service.signingName, call.request, call.response, createRefusal(call.service.signingName, effect))
    return
  }
  if (effect === 'timeout') {
    await perform(call)
  }
  breakOff(call)
}

/** A client of the runtime itself says so by its application id. */
const callerName = (request: IncomingMessage, caller: Caller | undefined): string | undefined =>
  caller?.functionName ?? /(?:^| )app\/(\w+)/.exec(String(request.headers['user-agent']))?.[1]

export const createGate = (faults: Faults, callers: Callers): Gate => async (service, request, response) => {
  if (faults.list().length === 0) {
    return service.handle(request, response)
  }
  const name = service.signingName
  const body = isStream(request, name) ? undefined : await readBody(request)
  const text = body?.toString('utf8') ?? ''
  const call: Call = {service, request: body === undefined ? request : again(request, body), response}
  const caller = callers.of(request)
  const about = {by: callerName(request, caller), text: `${percentDecoded(requestUrl(request).pathname)} ${text}`}
  const occasion: Occasion = {at: `${name}.${operationName(request, name, text)}`, ...about}
  const killing = caller && faults.strike({...occasion, at: `kill.${caller.functionName}`})
  const fault = killing ?? faults.strike(occasion)
  if (fault === undefined) {
    return service.handle(call.request, response)
  }
  return killing !== undefined && caller !== undefined ? kill(call, fault, caller) : strike(call, fault)
}
