import type {IncomingMessage, ServerResponse} from 'node:http'
import {readBody} from '../../runtime/core/body'
import {requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'
import {countdown, type Hold, type HoldOf, neverHeld} from '../../runtime/core/hold'
import type {Clock, InvocationResult, Service} from '../../runtime/core/types'
import {mayInvoke, wiredPermissions} from '../../../shared/wiring/permissions'
import type {Place} from '../../../shared/wiring/place'
import {wiredRoutes} from '../../../shared/wiring/routes'
import type {Wiring} from '../../../shared/wiring/wiring'
import {answerResult, refuse} from './answer'
import {apiEvent} from './event'
import {type MatchedRoute, matchRoute} from './route'

export interface HttpApiDeps {
  readonly wiring: Wiring
  readonly place: Place
  readonly clock: Clock
  /** Functions that are not always held to their time; without it each is. */
  readonly holdOf?: HoldOf
  readonly invoke: (functionName: string, payload: string) => Promise<InvocationResult>
}

const bodyLimit = 10 * 1024 * 1024
const integrationMilliseconds = 30_000

/** The local authorizer: who asks is who says so, `local` by default. Undefined if the header is no such name. */
const readUserId = ({headers: {authorization}}: IncomingMessage): string | undefined =>
  authorization === undefined || authorization.startsWith('AWS4-') ? 'local' : /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]

const invokeInTime = async (invocation: Promise<InvocationResult>, hold: Hold): Promise<InvocationResult | 'late'> => {
  let stop = (): void => undefined
  const late = new Promise<'late'>((resolve) => { ({stop} = countdown(integrationMilliseconds, hold, () => resolve('late'))) })
  return Promise.race([invocation, late]).finally(() => stop())
}

const sourceArn = ({partition, region, account}: Place, {route}: MatchedRoute): string => {
  const [method, path = '/'] = route.routeKey.split(' ')
  return `arn:${partition}:execute-api:${region}:${account}:${route.apiId}/$default/${method}${path}`
}

/** API Gateway's HTTP API with the routes of the wiring. It takes the requests that no one signed for a service. */
export const createHttpApi = ({wiring, place, clock, invoke, holdOf = () => neverHeld}: HttpApiDeps): Service => {
  const routes = wiredRoutes(wiring)
  const permissions = wiredPermissions(wiring)

  const callFunction = async (request: IncomingMessage, response: ServerResponse, match: MatchedRoute, userId?: string): Promise<void> => {
    const body = await readBody(request, bodyLimit)
    if (!mayInvoke(permissions, match.route.functionArn, 'apigateway.amazonaws.com', sourceArn(place, match))) {
      process.emitWarning(`The wiring has no aws_lambda_permission for ${match.route.routeKey}; API Gateway answers 500.`)
      return refuse(response, 500, 'Internal Server Error')
    }
    const payload = apiEvent({request, body, match, accountId: place.account, at: clock.now(), ...(userId !== undefined && {userId})})
    const result = await invokeInTime(invoke(match.route.functionArn, payload), holdOf(match.route.functionArn))
    return result === 'late' ? refuse(response, 503, 'Service Unavailable') : answerResult(response, result)
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const match = matchRoute(routes, request.method ?? 'GET', requestUrl(request).pathname)
    if (match === undefined) {
      return refuse(response, 404, 'Not Found')
    }
    const userId = match.route.authorized ? readUserId(request) : undefined
    if (match.route.authorized && userId === undefined) {
      return refuse(response, 401, 'Unauthorized')
    }
    return callFunction(request, response, match, userId)
  }

  return {
    signingName: 'execute-api',
    handle: (request, response) => handle(request, response).catch((error: unknown) => {
      if (error instanceof ServiceError && error.code === 'TooManyRequestsException') {
        // The function is throttled, not the API: that would be 429.
        return refuse(response, 503, 'Service Unavailable')
      }
      const tooLarge = error instanceof ServiceError && error.statusCode === 413
      if (!tooLarge) {
        process.emitWarning(error instanceof Error ? error : String(error))
      }
      refuse(response, tooLarge ? 413 : 500, tooLarge ? 'Request Entity Too Large' : 'Internal Server Error')
    })
  }
}
