import type {SourceAnswer} from '../../lib/http/Http'
import {logger} from '../logger'

/** What an answer is judged by; all others may hold secrets, or say nothing. */
const headersLogged = [
  'content-type', 'content-length',
  'content-range', 'content-encoding', 'content-disposition', 'accept-ranges', 'etag', 'last-modified', 'date', 'retry-after'
] as const

/** Bytes to log: enough to identify media; of text, only enough to see that it is text. */
const headBytes = {media: 1_024, text: 256}

const isText = (head: Buffer): boolean => !head.subarray(0, headBytes.text).includes(0)

/**
 * Logs what a source answered, so that `npm run capture` can make a test of it: status, the headers that matter and first bytes. URLs go
 * without user and query, which is where their secrets are.
 */
export const logAnswer = (
  {statusCode, headers, finalUrl}: Pick<SourceAnswer, 'statusCode' | 'headers' | 'finalUrl'>, head: Buffer = Buffer.alloc(0)
): void => {
  const known = headersLogged.flatMap((name) => headers[name] === undefined ? [] : [[name, headers[name]] as const])
  logger.info('A source answered.', {answer: {
    finalUrl: `${finalUrl.origin}${finalUrl.pathname}`, statusCode, headers: Object.fromEntries(known),
    head: head.subarray(0, isText(head) ? headBytes.text : headBytes.media).toString('base64')
  }})
}
