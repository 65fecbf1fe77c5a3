import {randomUUID} from 'node:crypto'
import type {IncomingMessage} from 'node:http'
import type {Json} from '../../../shared/json'
import {asServiceError, send} from '../../runtime/core/answer'
import {requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'
import type {Service} from '../../runtime/core/types'
import type {SchemasDeps} from './deps'
import {routes} from './operations'
import {createSchemaRegistry, type SchemaRegistry} from './registry'
import {percentDecoded} from '../../../shared/percent'

const answer = (registry: SchemaRegistry, request: IncomingMessage): Json => {
  const {pathname, searchParams} = requestUrl(request)
  const route = request.method === 'GET' ? routes.find(({path}) => path.test(pathname)) : undefined
  if (route === undefined) {
    throw new ServiceError('BadRequestException', `The embedded schema registry does not speak ${request.method} ${pathname}: schemas come with the wiring.`)
  }
  const {registry: name = '', schema = ''} = route.path.exec(pathname)?.groups ?? {}
  return route.answer(registry, {registry: percentDecoded(name), schema: percentDecoded(schema), query: searchParams})
}

/** EventBridge Schema Registry, for reading: https://docs.aws.amazon.com/eventbridge/latest/schema-reference/what-is-eventbridge-schemas.html */
export const createSchemas = (deps: SchemasDeps): Service => {
  const registry = createSchemaRegistry(deps)
  return {
    signingName: 'schemas',
    handle: (request, response) => {
      const headers = {'content-type': 'application/json', 'x-amzn-requestid': randomUUID()}
      try {
        send(response, 200, headers, JSON.stringify(answer(registry, request)))
      } catch (error) {
        const {code, message, statusCode} = asServiceError(error)
        send(response, statusCode, {...headers, 'x-amzn-errortype': code}, JSON.stringify({Code: code, Message: message}))
      }
    }
  }
}
