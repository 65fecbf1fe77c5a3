import type {Journal} from './journal'
import {numberIn, textsIn} from '../../runtime/core/query'
import type {LocalRoute, LocalStream} from '../../runtime/core/router'
import {openStream} from './stream'

const maxAtOnce = 1000

/** One kind of entry, newest first, page by page. */
const readPage = (journal: Journal, type: string, query: URLSearchParams) => {
  const limit = numberIn(query, 'limit', maxAtOnce) ?? 200
  const before = numberIn(query, 'before', Number.MAX_SAFE_INTEGER)
  const filter = {type, ...textsIn(query, ['name', 'fileId', 'correlationId', 'requestId', 'userId', 'text'])}
  const last = journal.last()
  const entries = journal.select({...filter, limit, ...(before !== undefined && {before})})
  return {last, entries, next: entries.length === limit ? entries.at(-1)!.id : null}
}

/** What was observed: as a stream, and looked up. */
export const journalRoutes = (journal: Journal): Array<LocalRoute | LocalStream> => [
  {method: 'GET', path: '/stream', open: openStream(journal)},
  {method: 'GET', path: '/logs', answer: ({query}) => readPage(journal, 'log', query)},
  {method: 'GET', path: '/pushes', answer: ({query}) => readPage(journal, 'notification', query)},
  {method: 'GET', path: '/invocations', answer: ({query}) => readPage(journal, 'invocation', query)}
]
