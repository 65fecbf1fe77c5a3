import {trustedJson} from '../../shared/json'
import type {Entry} from './entry'

/** What our functions' lines have, as far as it is shown here. */
interface Line {
  readonly timestamp?: string
  readonly level?: string
  readonly message?: string
  readonly function_name?: string
  readonly fileId?: string
  readonly correlationId?: string
  readonly event?: string
  /** When PutEvents was called; the line itself comes after its answer. */
  readonly publishedAt?: string
  readonly sent?: number
  readonly error?: {readonly name?: string, readonly message?: string}
}

/** As src/util/events/publish says it; a consumer's lines name their event as well. */
const published = 'An event is on the bus.'

/** A structured line; undefined for what Lambda itself and the metrics write. */
const parse = (text: string): Line | undefined => {
  try {
    const line = trustedJson<Line>(text)
    return typeof line.message === 'string' && typeof line.timestamp === 'string' ? line : undefined
  } catch {
    return undefined
  }
}

const toEntry = ({timestamp = '', level, message = '', function_name: name = '', event, publishedAt, sent, error}: Line): Entry => {
  const at = new Date(timestamp).toISOString()
  if (message === published && event !== undefined) {
    return {at: publishedAt ?? at, kind: 'event', subject: event, detail: `by ${name}`, from: 'logs'}
  }
  if (sent !== undefined) {
    return {at, kind: 'push', subject: name, detail: `${message} ${sent} sent`, from: 'logs'}
  }
  const reason = error === undefined ? '' : ` ${error.name}: ${error.message}`
  return {at, kind: 'log', subject: name, detail: `${level === 'INFO' ? '' : `${level} `}${message}${reason}`, from: 'logs'}
}

const isAbout = ({fileId, correlationId}: Line, file: string, correlation: string): boolean => fileId === file || correlationId === correlation

/** The story as the functions' logs know it: lines of the file, or of its current attempt. */
export const logsStory = (lines: readonly string[], fileId: string, correlationId: string): Entry[] =>
  lines.flatMap((text) => {
    const line = parse(text)
    return line !== undefined && isAbout(line, fileId, correlationId) ? [toEntry(line)] : []
  })
