import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {RequestFileOutput} from '../../../types/workflow'
import {env} from '../../../util/env'
import {answering, json, parseJsonBody, type ApiEvent, type ApiResult} from '../../../util/http-api'
import {logger} from '../../../util/logger'
import {requestFile} from '../../../util/files/request-file'
import {articleUrls} from './article-urls'
import {authenticate} from './secret'

/** One refusal refuses the delivery: asking again for the files that were taken changes nothing. */
const summary = (answers: readonly RequestFileOutput[]): ApiResult => {
  const refusal = answers.find(({statusCode}) => statusCode >= 400)
  if (refusal !== undefined) {
    return json(refusal.statusCode, JSON.parse(refusal.body))
  }
  const statusCode = answers.every((answer) => answer.statusCode === 200) ? 200 : 202
  return json(statusCode, {files: answers.map(({body}) => JSON.parse(body) as unknown)})
}

export const handler = withXRay((event: ApiEvent) => answering(async () => {
  await authenticate(event)
  const urls = articleUrls(parseJsonBody(event))
  const answers = await Promise.all(urls.map((url) => requestFile(env('FEEDLY_USER_ID'), url)))
  logger.info('Feedly asked for files.', {statusCodes: answers.map(({statusCode}) => statusCode)})
  return summary(answers)
}))
