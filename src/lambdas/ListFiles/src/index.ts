import {withXRay} from '../../../lib/vendor/AWS/XRay'
import {NamedError} from '../../../util/errors'
import {getFile} from '../../../util/file-records'
import {answering, json, route, userIdOf, type ApiEvent, type ApiResult} from '../../../util/http-api'
import {fileViewOf} from './file-view'
import {nextTokenOf, parsePage} from './page'
import {findFiles, findRequest, findRequests} from './requested-files'

const listFiles = async (event: ApiEvent): Promise<ApiResult> => {
  const userId = userIdOf(event)
  const {requests, lastKey} = await findRequests(userId, parsePage(userId, event))
  const files = await findFiles(requests)
  const views = await Promise.all(requests.map((request) => {
    const file = files.get(request.fileId)
    return file && fileViewOf(file, request)
  }))
  return json(200, {files: views.filter((view) => view !== undefined), nextToken: nextTokenOf(lastKey)})
}

const getOneFile = async (event: ApiEvent): Promise<ApiResult> => {
  const userId = userIdOf(event)
  const fileId = event.pathParameters?.fileId ?? ''
  const request = fileId && await findRequest(fileId, userId)
  const file = request && await getFile(fileId)
  if (!request || !file) {
    throw new NamedError('FileNotFoundError', `Expected a file that you asked for; '${fileId.slice(0, 128)}' is none.`)
  }
  return json(200, await fileViewOf(file, request))
}

export const handler = withXRay((event: ApiEvent) =>
  answering(() => route(event, {'GET /files': listFiles, 'GET /files/{fileId}': getOneFile})))
