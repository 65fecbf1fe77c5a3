import {openSource} from '../../../lib/http/Http'
import {putObject} from '../../../lib/vendor/AWS/S3'
import type {ExtraSource, ExtraSources} from '../../../lib/yt-dlp/extras'
import type {Caption} from '../../../types/domain'
import {uncoded} from '../../../util/sources/content-coding'
import {permittedAddress} from '../../../util/sources/direct-source'
import {env} from '../../../util/env'
import {captionsKey, thumbnailKey} from '../../../util/files/keys'
import {logger} from '../../../util/logger'
import {detectContent, headBytes} from '../../../util/media/media-content'
import {settleEach} from '../../../util/settle'
import {findRefusal} from '../../../util/sources/source-errors'

/** What of a file's extras is in S3. */
export interface Extras {
  /** Key of the object. */
  readonly thumbnail?: string
  readonly captions?: readonly Caption[]
}

const maxBytes = {thumbnail: 5 * 1024 * 1024, captions: 2 * 1024 * 1024}
const milliseconds = 10_000
const atATime = 4

/** A small answer as a whole, by the same guard as media; what is compressed, as some caption servers do unasked, comes as it is. */
const fetchSmall = async ({url, headers}: ExtraSource, most: number, signal: AbortSignal): Promise<Buffer> => {
  const answer = await openSource(new URL(url), {headers, permits: permittedAddress(), signal})
  try {
    const refusal = findRefusal(answer, answer.finalUrl.host)
    if (refusal !== undefined) {
      throw refusal
    }
    const chunks: Buffer[] = []
    let size = 0
    const {body} = await uncoded(answer, headBytes)
    for await (const chunk of body) {
      size += chunk.length
      if (size > most) {
        throw new Error(`Expected at most ${most} bytes; ${answer.finalUrl.host} sends more.`)
      }
      // A chunk is valid until the next one is asked for.
      chunks.push(Buffer.from(chunk))
    }
    return Buffer.concat(chunks)
  } finally {
    answer.close()
  }
}

const store = async (Key: string, Body: Buffer, ContentType: string): Promise<void> => {
  await putObject({Bucket: env('BUCKET_NAME'), Key, Body, ContentType})
}

const storeThumbnail = async (fileId: string, source: ExtraSource, signal: AbortSignal): Promise<string> => {
  const body = await fetchSmall(source, maxBytes.thumbnail, signal)
  const content = detectContent(body)
  if (content.kind !== 'media' || !content.contentType.startsWith('image/')) {
    throw new Error('Expected a picture as thumbnail; it is something else.')
  }
  const key = thumbnailKey(fileId, content.extension)
  await store(key, body, content.contentType)
  return key
}

const storeCaptions = async (fileId: string, language: string, source: ExtraSource, signal: AbortSignal): Promise<Caption> => {
  const body = await fetchSmall(source, maxBytes.captions, signal)
  if (!/^\ufeff?WEBVTT(?:\s|$)/.test(body.subarray(0, 16).toString('utf8'))) {
    throw new Error(`Expected WebVTT as captions in ${language}; it is something else.`)
  }
  const s3Key = captionsKey(fileId, language)
  await store(s3Key, body, 'text/vtt; charset=utf-8')
  return {language, s3Key}
}

/**
 * Stores the picture and the captions of a medium beside it, within ten seconds. What cannot be had is left out: the media is what was
 * asked for.
 */
export const storeExtras = async (fileId: string, {thumbnail, captions}: ExtraSources, signal: AbortSignal): Promise<Extras> => {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)])
  const stored: Caption[] = []
  let picture: string | undefined
  const errors = await settleEach<() => Promise<void>>([
    ...thumbnail === undefined ? [] : [async () => { picture = await storeThumbnail(fileId, thumbnail, soon) }],
    ...captions.map(({language, ...source}) => async () => { stored.push(await storeCaptions(fileId, language, source, soon)) })
  ], atATime, (work) => work())
  errors.forEach((error) => logger.warn('A thumbnail or captions were left out.', {error}))
  const sorted = stored.toSorted((one, other) => one.language < other.language ? -1 : 1)
  return {...(picture !== undefined && {thumbnail: picture}), ...(sorted.length > 0 && {captions: sorted})}
}
