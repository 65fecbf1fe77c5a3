import {trustedJson} from '../../shared/json'
import type {Answer} from './call'

interface Routes {
  readonly items?: ReadonlyArray<{readonly authorizerId?: string, readonly routeKey: string}>
}

/** Refuses to delete an authorizer that a route still uses: API Gateway does, moto does not. */
export const authorizers = (motoPort: number): Answer => async ({method, url, headers}) => {
  const [, api, authorizer] = method === 'DELETE' ? /^\/v2\/apis\/([^/]+)\/authorizers\/([^/]+)$/.exec(url.pathname) ?? [] : []
  if (authorizer === undefined) {
    return undefined
  }
  const answer = await fetch(`http://127.0.0.1:${motoPort}/v2/apis/${api}/routes`, {headers: {authorization: headers.authorization ?? ''}})
  const {items = []} = trustedJson<Routes>(await answer.text())
  const route = items.find(({authorizerId}) => authorizerId === authorizer)
  return route === undefined
    ? undefined
    : {
        status: 409,
        headers: {'content-type': 'application/json', 'x-amzn-errortype': 'ConflictException'},
        body: JSON.stringify({message: `Cannot delete authorizer '${authorizer}', is referenced in route: ${route.routeKey}`})
      }
}
