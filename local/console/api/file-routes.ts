import type {Journal} from './journal'
import {numberIn, textsIn} from '../../runtime/core/query'
import type {LocalRoute} from '../../runtime/core/router'
import type {TitlesOf} from './titles'

const maxOfAStory = 5000
/** Newest events that are looked through for files. */
const maxEvents = 5000

const listed = (journal: Journal, titlesOf: TitlesOf, query: URLSearchParams) => {
  const limit = numberIn(query, 'limit', 500) ?? 100
  const events = journal.select({type: 'event', limit: maxEvents, ...textsIn(query, ['text', 'fileId'])})
  const newest = new Map<string, {readonly lastAt: string, readonly lastEvent: string}>()
  events.forEach(({fileId, at, name = ''}) => {
    if (fileId !== undefined && !newest.has(fileId)) {
      newest.set(fileId, {lastAt: at, lastEvent: name})
    }
  })
  const files = [...newest].slice(0, limit)
  const titles = titlesOf(files.map(([fileId]) => fileId))
  return {files: files.map(([fileId, {lastAt, lastEvent}]) => ({fileId, title: titles.get(fileId) ?? null, lastAt, lastEvent}))}
}

const story = (journal: Journal, fileId: string) => {
  const entries = journal.select({fileId, type: ['event', 'delivery', 'state', 'execution', 'invocation', 'object', 'notification'], limit: maxOfAStory})
  return {fileId, last: journal.last(), logLines: journal.count({fileId, type: 'log'}), entries: entries.reverse()}
}

/** Files that were reported of lately, of all users, and what happened to one. */
export const fileRoutes = (journal: Journal, titlesOf: TitlesOf): LocalRoute[] => [
  {method: 'GET', path: '/files', answer: ({query}) => listed(journal, titlesOf, query)},
  {method: 'GET', path: '/files/{fileId}/story', answer: ({path}) => story(journal, path['fileId']!)}
]
