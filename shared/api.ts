import {trustedJson} from './json'

/** A request before it is authorized. */
export interface Ask {
  readonly method: string
  readonly url: URL
  readonly body?: string
}

/** The headers with which a request is someone's. */
export type Authorize = (ask: Ask) => Promise<Record<string, string>>

/** A failure as the HTTP API tells it. */
export interface ApiError {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  /** For developers, if the message is not theirs. */
  readonly detail?: string
}

/** What `GET /files/{fileId}` returns, as far as programs look at it. */
export interface File {
  readonly fileId: string
  readonly status: 'Requested' | 'MetadataReady' | 'Scheduled' | 'Downloading' | 'Downloaded' | 'Failed'
  /** Why it is Scheduled, and until when (ISO 8601 UTC). */
  readonly waiting?: {readonly reason: string, readonly until: string} | null
  readonly title: string | null
  readonly size: number | null
  readonly bytesDone: number
  /** Bytes a second. */
  readonly speed: number | null
  readonly secondsLeft: number | null
  readonly contentType?: string | null
  readonly downloadUrl: string | null
  readonly error: ApiError | null
}

/** What is wanted of a URL, if it is not its main sound in the best picture; the API says what is wrong with it. */
export interface Wish {
  readonly preset?: string
  readonly audio?: {readonly language?: string, readonly role?: string}
  readonly record?: {readonly seconds: number}
}

/** Each call throws AnswerError if the API refuses, and an Error if it does not answer. */
export interface Api {
  request: (url: string, wish?: Wish) => Promise<{readonly fileId: string, readonly status: string, readonly statusCode: number}>
  file: (fileId: string) => Promise<File>
  newest: () => Promise<readonly File[]>
  register: (deviceId: string, device: {readonly platform: 'APNS' | 'FCM', readonly token: string}) => Promise<void>
  /** HTTP status that a request without any authorization gets. */
  asStranger: () => Promise<number>
}

/** The API said no; `answer` is what it said. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'

  constructor(readonly answer: ApiError, message: string) {
    super(message)
  }
}

const answerMilliseconds = 35_000

const parsed = (text: string): {readonly error?: ApiError, readonly message?: string} => {
  try {
    return trustedJson<{error?: ApiError, message?: string} | null>(text) ?? {}
  } catch {
    return {message: text.slice(0, 200)}
  }
}

const refusal = (asked: string, statusCode: number, text: string): AnswerError => {
  const {error, message = text} = parsed(text)
  const answer = error ?? {code: `Http${statusCode}Error`, message: `The API answered with HTTP status ${statusCode}.`, retryable: statusCode >= 500}
  return new AnswerError(answer, `Expected ${asked} to succeed; it answered ${statusCode} ${error === undefined ? message : `${error.code}: ${error.message}`}`)
}

/** As the user of a local stack, whose tokens are names; as no one without one. */
export const bearer = (user?: string): Authorize => async (): Promise<Record<string, string>> =>
  user === undefined ? {} : {authorization: `Bearer ${user}`}

/** The HTTP API at an endpoint. */
export const apiAt = (endpoint: URL | string, authorize: Authorize): Api => {
  const {pathname, origin} = new URL(endpoint)
  const urlOf = (path: string): URL => new URL(pathname.replace(/\/$/, '') + path, origin)
  const call = async <T>(method: string, path: string, content?: unknown): Promise<{statusCode: number, answer: T}> => {
    const url = urlOf(path)
    const sent = content === undefined ? {} : {body: JSON.stringify(content)}
    const headers = {...await authorize({method, url, ...sent}), ...('body' in sent && {'content-type': 'application/json'})}
    const response = await fetch(url, {method, headers, ...sent, signal: AbortSignal.timeout(answerMilliseconds)}).catch((cause: unknown) => {
      throw new Error(`Expected ${url} to answer; it did not.`, {cause})
    })
    const text = await response.text() || 'null'
    if (!response.ok) {
      throw refusal(`${method} ${path}`, response.status, text)
    }
    return {statusCode: response.status, answer: trustedJson<T>(text)}
  }
  return {
    request: async (url, wish) => {
      const {statusCode, answer} = await call<{fileId: string, status: string}>('POST', '/files', {url, ...wish})
      return {...answer, statusCode}
    },
    file: async (fileId) => (await call<File>('GET', `/files/${encodeURIComponent(fileId)}`)).answer,
    newest: async () => (await call<{files: File[]}>('GET', '/files?limit=10')).answer.files,
    register: async (deviceId, device) => void await call('PUT', `/devices/${encodeURIComponent(deviceId)}`, device),
    asStranger: async () => (await fetch(urlOf('/files'), {signal: AbortSignal.timeout(answerMilliseconds)})).status
  }
}
