import {signal} from '@preact/signals'
import {percentDecoded} from '../../../../shared/percent'

/** `#/workflow/<id>?state=TransferFile` */
export interface Route {
  readonly page: string
  readonly id: string | undefined
  readonly query: URLSearchParams
}

/** The route of a location's hash. */
export const parseRoute = (hash: string): Route => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const [page = '', ...rest] = path.split('/')
  const id = rest.map(percentDecoded).join('/')
  return {page: page === '' ? 'files' : page, id: id === '' ? undefined : id, query: new URLSearchParams(search)}
}

/** The hash of a route; members that are empty are left out. */
export const href = (page: string, id?: string, query: Readonly<Record<string, string | undefined>> = {}): string => {
  const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''))
  return `#/${page}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${search.size === 0 ? '' : `?${search}`}`
}

export const route = signal<Route>(parseRoute(location.hash))

addEventListener('hashchange', () => { route.value = parseRoute(location.hash) })

/** Goes to a route; `replace` leaves no step to go back to. */
export const go = (to: string, replace = false): void => {
  if (replace) {
    history.replaceState(null, '', to)
    route.value = parseRoute(to)
  } else {
    location.hash = to
  }
}
