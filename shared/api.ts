import {trustedJson} from './json'

/** A request before it is authorized. */
export interface Ask {
  readonly method: string
  readonly url: URL
  readonly body?: string
}

/** The headers with which a request is somebody's. */
export type Authorize = (ask: Ask) => Promise<Record<string, string>>

/** What `GET /files/{fileId}` answers, as far as it is looked at here. */
export interface File {
  readonly fileId: string
  readonly status: string
  readonly size: number | null
  readonly bytesDone: number
  readonly contentType: string | null
  readonly downloadUrl: string | null
  readonly error: {readonly code: string, readonly message: string} | null
}

export interface Api {
  request: (url: string) => Promise<{readonly statusCode: number, readonly fileId: string, readonly status: string}>
  file: (fileId: string) => Promise<File>
  newest: () => Promise<readonly File[]>
  /** HTTP status that a request without any authorization gets. */
  asStranger: () => Promise<number>
}

const answerMilliseconds = 35_000

const problemIn = (text: string): string => {
  try {
    const {error, message} = trustedJson<{error?: {code: string, message: string}, message?: string}>(text)
    return error === undefined ? message ?? text : `${error.code}: ${error.message}`
  } catch {
    return text.slice(0, 200)
  }
}

/** The HTTP API at an endpoint. Each call throws where the answer is no success. */
export const apiAt = (endpoint: URL, authorize: Authorize): Api => {
  const urlOf = (path: string): URL => new URL(endpoint.pathname.replace(/\/$/, '') + path, endpoint)
  const call = async <T>(method: string, path: string, content?: unknown): Promise<{statusCode: number, answer: T}> => {
    const url = urlOf(path)
    const body = content === undefined ? undefined : JSON.stringify(content)
    const headers = {...await authorize({method, url, ...(body !== undefined && {body})}), ...(body !== undefined && {'content-type': 'application/json'})}
    const request = {method, headers, ...(body !== undefined && {body}), signal: AbortSignal.timeout(answerMilliseconds)}
    const response = await fetch(url, request).catch((cause: unknown) => {
      throw new Error(`Expected ${url} to answer; it did not.`, {cause})
    })
    const text = await response.text()
    if (!response.ok) {
      throw new Error(`Expected ${method} ${path} to succeed; it answered ${response.status} ${problemIn(text)}`)
    }
    return {statusCode: response.status, answer: trustedJson<T>(text)}
  }
  return {
    request: async (url) => {
      const {statusCode, answer} = await call<{fileId: string, status: string}>('POST', '/files', {url})
      return {statusCode, ...answer}
    },
    file: async (fileId) => (await call<File>('GET', `/files/${encodeURIComponent(fileId)}`)).answer,
    newest: async () => (await call<{files: File[]}>('GET', '/files?limit=10')).answer.files,
    asStranger: async () => (await fetch(urlOf('/files'), {signal: AbortSignal.timeout(answerMilliseconds)})).status
  }
}
