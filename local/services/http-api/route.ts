import type {WiredRoute} from '../../../shared/wiring/routes'

export interface MatchedRoute {
  readonly route: WiredRoute
  readonly pathParameters: Readonly<Record<string, string>>
}

const splitPath = (path: string): string[] => path.split('/').slice(1)

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The parameters of a path that fits, else undefined. */
const matchPath = (pattern: string, path: string): Record<string, string> | undefined => {
  const wanted = splitPath(pattern)
  const given = splitPath(path)
  const parameters: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(segment)
    const rest = name?.[2] === '+'
    const value = rest ? given.slice(index).join('/') : given[index]
    if (value === undefined || value === '' || (name === null && value !== segment)) {
      return undefined
    }
    if (name !== null) {
      parameters[name[1]!] = decoded(value)
    }
    if (rest) {
      return parameters
    }
  }
  return wanted.length === given.length ? parameters : undefined
}

/** Literal segments win over parameters, these over `{proxy+}`, and a method over ANY. */
const rank = (routeKey: string): number => {
  const [method, path = ''] = routeKey.split(' ')
  const perSegment = splitPath(path).map((segment) => segment.endsWith('+}') ? 1 : segment.startsWith('{') ? 2 : 3)
  return perSegment.reduce((sum, value) => sum * 4 + value, 0) * 2 + Number(method !== 'ANY')
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export const matchRoute = (routes: readonly WiredRoute[], method: string, path: string): MatchedRoute | undefined => {
  const matches = routes.flatMap((route) => {
    const [routeMethod, pattern] = route.routeKey.split(' ')
    const pathParameters = pattern !== undefined && [method, 'ANY'].includes(routeMethod!) ? matchPath(pattern, path) : undefined
    return pathParameters === undefined ? [] : [{route, pathParameters}]
  })
  const best = matches.sort((one, other) => rank(other.route.routeKey) - rank(one.route.routeKey))[0]
  const otherwise = routes.find(({routeKey}) => routeKey === '$default')
  return best ?? (otherwise && {route: otherwise, pathParameters: {}})
}
