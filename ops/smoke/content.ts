import {createHash} from 'node:crypto'
import {describeError} from '../../shared/errors'

/** What a body was, once it has been read to its end. */
export interface Content {
  readonly bytes: number
  readonly sha256: string
}

const stallMilliseconds = 60_000
/** More than this is not fetched again only to be compared. */
export const comparedBytes = 256 * 1024 * 1024
const rangeEnd = 1023

/** Reads an answer to its end. */
export const readContent = async (response: Response): Promise<Content> => {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    hash.update(chunk as Uint8Array)
    bytes += (chunk as Uint8Array).length
  }
  return {bytes, sha256: hash.digest('hex')}
}

/** What a source has, or a sentence why that is unknown from here. */
export const sourceContent = async (url: URL): Promise<Content | string> => {
  try {
    const response = await fetch(url, {signal: AbortSignal.timeout(stallMilliseconds)})
    const type = response.headers.get('content-type') ?? 'no content type'
    if (!response.ok || !/^(video|audio)\/|octet-stream/.test(type)) {
      await response.body?.cancel()
      return `The source answers ${response.status} with ${type} here, so its bytes are not compared.`
    }
    if (Number(response.headers.get('content-length')) > comparedBytes) {
      await response.body?.cancel()
      return 'The source is too large to be fetched twice, so its bytes are not compared.'
    }
    return await readContent(response)
  } catch (error) {
    return `The source does not answer this machine (${describeError(error)}), so its bytes are not compared.`
  }
}

/** Asks the download link for its first KiB. Throws if the answer is not that part of a file of `size` bytes. */
export const checkRange = async (url: string, size: number): Promise<void> => {
  const expected = Math.min(rangeEnd + 1, size)
  const response = await fetch(url, {headers: {range: `bytes=0-${rangeEnd}`}, signal: AbortSignal.timeout(stallMilliseconds)})
  const {bytes} = await readContent(response)
  const range = response.headers.get('content-range')
  if (response.status !== 206 || range !== `bytes 0-${expected - 1}/${size}` || bytes !== expected) {
    throw new Error(`Expected the download link to answer bytes 0-${expected - 1}/${size}; it answered ${response.status}, ${range ?? 'no range'}, ${bytes} bytes.`)
  }
}

/** The whole content behind the download link. Throws if it is not there. */
export const linkedContent = async (url: string): Promise<Content> => {
  const response = await fetch(url, {signal: AbortSignal.timeout(stallMilliseconds * 10)})
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`Expected the download link to answer 200; it answered ${response.status}.`)
  }
  return readContent(response)
}
