import {text} from './values'
import type {Wiring} from './wiring'

/** A route of the HTTP API. */
export interface WiredRoute {
  /** `METHOD /path/{parameter}`, or `$default`. */
  readonly routeKey: string
  readonly functionArn: string
  readonly authorized: boolean
  readonly apiId: string
}

/** A Lambda integration names the function, or the invoke URI of API Gateway around it. */
const parseFunctionArn = (uri: string): string => /functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] ?? uri

export const wiredRoutes = (wiring: Wiring): WiredRoute[] => {
  const uris = new Map(wiring.ofType('aws_apigatewayv2_integration').map(({values}) => [text(values, 'id'), text(values, 'integration_uri')]))
  return wiring.ofType('aws_apigatewayv2_route').map(({values}) => ({
    routeKey: text(values, 'route_key'),
    functionArn: parseFunctionArn(uris.get(text(values, 'target').replace(/^integrations\//, '')) ?? ''),
    authorized: !['', 'NONE'].includes(text(values, 'authorization_type')),
    apiId: text(values, 'api_id')
  }))
}
