import {withXRay} from '../../../lib/vendor/AWS/XRay'
import {answering, json, route, userIdOf, type ApiEvent, type ApiResult} from '../../../util/http-api'
import {requestedFile} from '../../../util/files/requested-file'
import {fileViewOf} from './file-view'
import {nextTokenOf, parsePage} from './page'
import {findFiles, findRequests} from './requested-files'

const listFiles = async (event: ApiEvent): Promise<ApiResult> => {
  const userId = userIdOf(event)
  const {requests, lastKey} = await findRequests(userId, parsePage(userId, event))
  const files = await findFiles(requests)
  const views = await Promise.all(requests.flatMap((request) => {
    const file = files.get(request.fileId)
    return file === undefined ? [] : [fileViewOf(file, request)]
  }))
  return json(200, {files: views, nextToken: nextTokenOf(lastKey)})
}

const getOneFile = async (event: ApiEvent): Promise<ApiResult> => {
  const {file, request} = await requestedFile(event.pathParameters?.fileId ?? '', userIdOf(event))
  return json(200, await fileViewOf(file, request))
}

export const handler = withXRay((event: ApiEvent) =>
  answering(() => route(event, {'GET /files': listFiles, 'GET /files/{fileId}': getOneFile})))
