import {trustedJson} from '../../shared/json'

/** A failure as the HTTP API reports it. */
export interface ApiError {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  /** For developers, if the message is not for them. */
  readonly detail?: string
}

/** What `GET /files/{fileId}` answers, as far as the console shows it. */
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
  readonly downloadUrl: string | null
  readonly error: ApiError | null
}

/** What is wanted of a URL, if not its main sound in the best picture; the API says what is wrong with it. */
export interface Wish {
  readonly preset?: string
  readonly audio?: {readonly language?: string, readonly role?: string}
  readonly record?: {readonly seconds: number}
}

export interface Api {
  /** Throws RefusedError. */
  request: (url: string, wish?: Wish) => Promise<{readonly fileId: string, readonly status: string, readonly statusCode: number}>
  /** Throws RefusedError. */
  file: (fileId: string) => Promise<File>
  /** Throws RefusedError. */
  register: (deviceId: string, device: {readonly platform: 'APNS' | 'FCM', readonly token: string}) => Promise<void>
}

/** The API said no; `answer` is what it said. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'

  constructor(readonly answer: ApiError) {
    super(`${answer.code}: ${answer.message}`)
  }
}

const answerOf = (statusCode: number, body: unknown): ApiError => {
  const {error} = (body ?? {}) as {error?: ApiError}
  return error ?? {code: `Http${statusCode}Error`, message: `The API answered with HTTP status ${statusCode}.`, retryable: statusCode >= 500}
}

/** The HTTP API as one user. */
export const apiOf = (address: string, user?: string): Api => {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<{statusCode: number, body: T}> => {
    const response = await fetch(address + path, {
      method,
      headers: {'content-type': 'application/json', ...(user === undefined ? {} : {authorization: `Bearer ${user}`})},
      ...(body === undefined ? {} : {body: JSON.stringify(body)})
    })
    const text = await response.text() || 'null'
    if (!response.ok) {
      throw new RefusedError(answerOf(response.status, JSON.parse(text)))
    }
    return {statusCode: response.status, body: trustedJson<T>(text)}
  }
  return {
    request: async (url, wish) => {
      const {statusCode, body} = await call<{fileId: string, status: string}>('POST', '/files', {url, ...wish})
      return {...body, statusCode}
    },
    file: async (fileId) => (await call<File>('GET', `/files/${encodeURIComponent(fileId)}`)).body,
    register: async (deviceId, device) => void await call('PUT', `/devices/${encodeURIComponent(deviceId)}`, device)
  }
}
