import {randomUUID} from 'node:crypto'
import type {AudioWish, Preset} from '../../../types/domain'
import type {RequestFileInput} from '../../../types/workflow'
import {audioFor, parseAudio} from './audio-wish'
import {fileIdOf} from './file-identity'
import {parseJsonBody, readUserId, type ApiEvent} from '../../../util/http-api'
import {parsePreset, presetFor} from './presets'
import {parseRecord, type RecordWish} from '../../../util/media/record-wish'
import {requestedFile} from '../../../util/files/requested-file'
import {parseSourceUrl} from '../../../util/sources/source-url'

/** Who wants which file, checked. */
export interface FileRequest {
  readonly fileId: string
  readonly sourceUrl: string
  readonly preset: Preset
  /** Absent for the main sound. */
  readonly audio?: AudioWish | undefined
  /** Set if only the beginning of a source without an end is wanted. */
  readonly record?: RecordWish | undefined
  readonly userId: string
  readonly requestedAt: string
  /** Of the attempt that this request begins, if it begins one. */
  readonly correlationId: string
}

type Input = {readonly [Name in keyof RequestFileInput]: Name extends 'url'
  | 'preset' | 'audio' ? unknown : RequestFileInput[Name]} & {readonly record?: RecordWish | undefined}

const readInput = (event: ApiEvent | RequestFileInput): Input => {
  if (!('requestContext' in event)) {
    return event
  }
  const userId = readUserId(event)
  const {url, preset, audio, record} = parseJsonBody(event)
  return {userId, url, preset, audio, record: parseRecord(record, Date.now()), correlationId: randomUUID()}
}

/**
 * Throws UnauthorizedError, InvalidRequestError (also for an unknown preset or sound, or a recording of no such length) and the errors of
 * the URL.
 */
const parseRequest = (event: ApiEvent | RequestFileInput): FileRequest => {
  const {userId, url, preset: wanted, audio: wish, record, correlationId} = readInput(event)
  const source = parseSourceUrl(url)
  const preset = presetFor(source, parsePreset(wanted))
  const audio = audioFor(source, parseAudio(wish))
  const fileId = fileIdOf(source, preset, audio, record)
  return {fileId, sourceUrl: source.href, preset, audio, record, userId, requestedAt: new Date().toISOString(), correlationId}
}

/** Once more the file that a user asked for before; it keeps its id, and all that was asked for with it. Throws FileNotFoundError. */
const requestAnew = async (event: ApiEvent): Promise<FileRequest> => {
  const userId = readUserId(event)
  const {file: {fileId, sourceUrl, preset = 'best', audio, record}} = await requestedFile(event.pathParameters?.fileId ?? '', userId)
  return {fileId, sourceUrl, preset, audio, record, userId, requestedAt: new Date().toISOString(), correlationId: randomUUID()}
}

/** Reads a request of one of the routes, or of a direct invocation. Throws as its URL, or the file that it names, wants it. */
export const readRequest = (event: ApiEvent | RequestFileInput): Promise<FileRequest> | FileRequest =>
  'requestContext' in event && event.routeKey === 'POST /files/{fileId}/retry' ? requestAnew(event) : parseRequest(event)
