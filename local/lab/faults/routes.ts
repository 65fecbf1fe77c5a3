import {ServiceError} from '../../runtime/core/errors'
import type {LocalRoute} from '../../runtime/core/router'
import {parseFaults} from './fault'
import type {Faults} from './faults'

const idIn = (query: URLSearchParams): number | undefined => {
  const id = query.get('id')
  return id === null ? undefined : Number(id)
}

/** What goes wrong on purpose, as the local API has it. */
export const faultRoutes = (faults: Faults): LocalRoute[] => [
  {method: 'GET', path: '/faults', answer: () => ({faults: faults.list(), places: faults.places()})},
  {method: 'POST', path: '/faults', answer: async ({body}) => ({faults: faults.add(parseFaults(await body()))})},
  {
    method: 'DELETE', path: '/faults', answer: ({query}) => {
      const id = idIn(query)
      if (!faults.remove(id) && id !== undefined) {
        throw new ServiceError('NotFoundException', `No fault has the id '${id}'.`, 404)
      }
    }
  }
]
