import {withXRay} from '../../../lib/vendor/AWS/XRay'
import {answering, json, route, readUserId, type ApiEvent, type ApiResult} from '../../../util/http-api'
import {requestedFile} from '../../../util/files/requested-file'
import {toFileView} from './file-view'
import {encodeNextToken, parsePage} from './page'
import {findFiles, findRequests} from './requested-files'

const listFiles = async (event: ApiEvent): Promise<ApiResult> => {
  const userId = readUserId(event)
  const {requests, lastKey} = await findRequests(userId, parsePage(userId, event))
  const files = await findFiles(requests)
  const views = await Promise.all(requests.flatMap((request) => {
    const file = files.get(request.fileId)
    return file === undefined ? [] : [toFileView(file, request)]
  }))
  return json(200, {files: views, nextToken: encodeNextToken(lastKey)})
}

const getOneFile = async (event: ApiEvent): Promise<ApiResult> => {
  const {file, request} = await requestedFile(event.pathParameters?.fileId ?? '', readUserId(event))
  return json(200, await toFileView(file, request))
}

export const handler = withXRay((event: ApiEvent) =>
  answering(() => route(event, {'GET /files': listFiles, 'GET /files/{fileId}': getOneFile})))
