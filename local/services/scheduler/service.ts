import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Json} from '../../../shared/json'
import {asServiceError, send} from '../../runtime/core/answer'
import {readBody} from '../../runtime/core/body'
import {requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'
import {parseObject} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import type {Service} from '../../runtime/core/types'
import type {SchedulerDeps} from './deps'
import {groupOperations} from './group-operations'
import {createRegistry} from './registry'
import {createRunner} from './runner'
import {scheduleOperations} from './schedule-operations'

type Route = readonly [method: string, path: RegExp, operation: string]

const named = '(?<Name>[^/]+)'
const resource = '(?<ResourceArn>.+)'

const routes: readonly Route[] = [
  ['POST', new RegExp(`^/schedules/${named}$`), 'CreateSchedule'],
  ['PUT', new RegExp(`^/schedules/${named}$`), 'UpdateSchedule'],
  ['GET', new RegExp(`^/schedules/${named}$`), 'GetSchedule'],
  ['DELETE', new RegExp(`^/schedules/${named}$`), 'DeleteSchedule'],
  ['GET', /^\/schedules$/, 'ListSchedules'],
  ['POST', new RegExp(`^/schedule-groups/${named}$`), 'CreateScheduleGroup'],
  ['GET', new RegExp(`^/schedule-groups/${named}$`), 'GetScheduleGroup'],
  ['DELETE', new RegExp(`^/schedule-groups/${named}$`), 'DeleteScheduleGroup'],
  ['GET', /^\/schedule-groups$/, 'ListScheduleGroups'],
  ['POST', new RegExp(`^/tags/${resource}$`), 'TagResource'],
  ['GET', new RegExp(`^/tags/${resource}$`), 'ListTagsForResource'],
  ['DELETE', new RegExp(`^/tags/${resource}$`), 'UntagResource']
]

/** Members that stand in the query begin with a small letter there, but for some. */
const queryInput = (query: URLSearchParams): Json => Object.fromEntries([...new Set(query.keys())].map((key) => {
  const name = `${key.charAt(0).toUpperCase()}${key.slice(1)}`
  return [name, name === 'TagKeys' ? query.getAll(key) : query.get(key)]
}))

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ServiceError('ValidationException', `Expected '${text}' in the path to be encoded for a URL.`)
  }
}

const readCall = async (request: IncomingMessage): Promise<{readonly operation: string, readonly input: Json}> => {
  const {pathname, searchParams} = requestUrl(request)
  const route = routes.find(([method, path]) => method === request.method && path.test(pathname))
  if (route === undefined) {
    throw new ServiceError('UnknownOperationException', `The embedded AWS does not speak '${request.method} ${pathname}' of EventBridge Scheduler.`, 404)
  }
  const groups: Json = Object.fromEntries(Object.entries(route[1].exec(pathname)?.groups ?? {}).map(([name, value]) => [name, decoded(value)]))
  return {operation: route[2], input: {...parseObject((await readBody(request)).toString('utf8')), ...queryInput(searchParams), ...groups}}
}

const answer = async (request: IncomingMessage, response: ServerResponse, operations: Operations): Promise<void> => {
  const headers = {'content-type': 'application/json', 'x-amzn-requestid': randomUUID()}
  try {
    const {operation, input} = await readCall(request)
    send(response, 200, headers, JSON.stringify(await operations[operation]!(input)))
  } catch (error) {
    const {code, message, statusCode} = asServiceError(error)
    send(response, statusCode, {...headers, 'x-amzn-errortype': code}, JSON.stringify({Message: message}))
  }
}

/** Amazon EventBridge Scheduler: https://docs.aws.amazon.com/scheduler/latest/APIReference/Welcome.html */
export const createScheduler = (deps: SchedulerDeps): Service => {
  const registry = createRegistry(deps)
  const runner = createRunner(deps, registry)
  const parts = {registry, runner, clock: deps.clock}
  const operations: Operations = {...scheduleOperations(parts), ...groupOperations(parts)}
  return {
    signingName: 'scheduler',
    handle: (request, response) => answer(request, response, operations),
    start: runner.start,
    stop: runner.stop
  }
}
