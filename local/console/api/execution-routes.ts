import type {DatabaseSync} from 'node:sqlite'
import {isObject, parsedJson} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {executionsPage, type ExecutionsQuery} from '../../services/states/engine/executions-page'
import type {Execution} from '../../services/states/engine/model'
import {numberIn, textsIn} from '../../runtime/core/query'
import type {LocalRoute} from '../../runtime/core/router'
import type {TitlesOf} from './titles'

const readFileId = ({input}: Execution): string | undefined => {
  const value = parsedJson(input)
  return isObject(value) && typeof value['fileId'] === 'string' ? value['fileId'] : undefined
}

const token = ({started, arn}: Execution): string => `${started} ${arn}`

const parsePlace = (text: string): {started: number, arn: string} => {
  const [, started, arn] = /^(\d+) (arn:.+)$/.exec(text) ?? []
  if (started === undefined || arn === undefined) {
    throw new ServiceError('ValidationException', `'${text}' is not a \`next\` of an earlier page.`)
  }
  return {started: Number(started), arn}
}

const iso = (at: number | undefined): string | null => at === undefined ? null : new Date(at).toISOString()

const parseQuery = (query: URLSearchParams, limit: number): ExecutionsQuery => {
  const {status, fileId, next} = textsIn(query, ['status', 'fileId', 'next'])
  return {limit, ...(status && {status}), ...(fileId && {fileId}), ...(next && {after: parsePlace(next)})}
}

/** Executions as people look for them: by file, with its title. */
export const executionRoutes = (db: DatabaseSync, titlesOf: TitlesOf): LocalRoute[] => {
  const page = executionsPage(db)
  return [{
    method: 'GET', path: '/executions', answer: ({query}) => {
      const limit = numberIn(query, 'limit', 1000) ?? 200
      const found = page(parseQuery(query, limit))
      const titles = titlesOf(found.map(readFileId).filter((fileId) => fileId !== undefined))
      return {
        executions: found.map((execution) => {
          const fileId = readFileId(execution)
          const {arn, name, machineArn, status, started, stopped, error} = execution
          return {arn, name, machineArn, status, startedAt: iso(started), stoppedAt: iso(stopped), error: error ?? null, fileId: fileId ?? null, title: titles.get(fileId ?? '') ?? null}
        }),
        next: found.length === limit ? token(found.at(-1)!) : null
      }
    }
  }]
}
