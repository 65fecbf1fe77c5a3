import {randomUUID} from 'node:crypto'
import {setTimeout as sleep} from 'node:timers/promises'
import type {Api, File} from '../../shared/api'
import {cleanUp} from './clean'
import {openSource} from './clip'
import {checkRange, comparedBytes, type Content, linkedContent, sourceContent} from './content'
import type {Options} from './options'
import type {Recorder, Report} from './report'

/** The file once it is Downloaded. Throws if it fails, or is not there in time. */
const downloaded = async (api: Api, fileId: string, {timeoutMilliseconds, isLoopback}: Options, note: (line: string) => void): Promise<File> => {
  const deadline = Date.now() + timeoutMilliseconds
  let before = ''
  for (;;) {
    const file = await api.file(fileId)
    const now = `${file.status}${file.bytesDone > 0 ? `, ${file.bytesDone} bytes` : ''}`
    if (now !== before) {
      note(now)
    }
    if (file.status === 'Downloaded') {
      return file
    }
    if (file.status === 'Failed') {
      throw new Error(`Expected ${fileId} to be downloaded; it failed with ${file.error?.code}: ${file.error?.message}`)
    }
    if (Date.now() > deadline) {
      throw new Error(`Expected ${fileId} to be downloaded within ${timeoutMilliseconds / 1000} s; it is ${now}.`)
    }
    before = now
    await sleep(isLoopback ? 100 : 1000)
  }
}

/** Throws if what came is not what the source has. */
const compare = (file: File, came: Content, source: Content | string): string => {
  if (came.bytes !== file.size) {
    throw new Error(`Expected ${file.size} bytes behind the link; there are ${came.bytes}.`)
  }
  if (typeof source === 'string') {
    return `${came.bytes} bytes, sha256 ${came.sha256}. ${source}`
  }
  if (came.bytes !== source.bytes || came.sha256 !== source.sha256) {
    throw new Error(`Expected the source's ${source.bytes} bytes with SHA-256 ${source.sha256}; got ${came.bytes} with ${came.sha256}.`)
  }
  return `${came.bytes} bytes as the source has them, sha256 ${came.sha256}`
}

const readLink = ({downloadUrl, size, fileId}: File): {readonly url: string, readonly size: number} => {
  if (downloadUrl === null || size === null) {
    throw new Error(`Expected a size and a download link of ${fileId}; got ${size} and ${downloadUrl}.`)
  }
  return {url: downloadUrl, size}
}

const strangersAre = (status: number): string => {
  if (status !== 401 && status !== 403) {
    throw new Error(`Expected a request without authorization to be refused with 401 or 403; it got ${status}.`)
  }
  return `refused with ${status}`
}

/** Everything between the request and the link. */
const follow = async (api: Api, fileId: string, source: URL, options: Options, {step, note}: Recorder): Promise<Partial<Report>> => {
  const file = await step('download', async () => {
    const done = await downloaded(api, fileId, options, note)
    return [done, `${done.size} bytes, ${done.contentType}`]
  })
  const link = await step('link', async () => {
    const {url, size} = readLink(file)
    await checkRange(url, size)
    return [{url, size}, 'answers ranges']
  })
  if (link.size > comparedBytes) {
    note(`${link.size} bytes are too many to be fetched again only to be compared.`)
    return {size: link.size}
  }
  const came = await step('content', async () => {
    const [content, original] = await Promise.all([linkedContent(link.url), sourceContent(source)])
    return [content, compare(file, content, original)]
  })
  await step('list', async () => {
    if (!(await api.newest()).some((each) => each.fileId === fileId)) {
      throw new Error(`Expected GET /files to begin with ${fileId}; it is not among the first ten.`)
    }
    return [undefined, 'GET /files has it']
  })
  return {size: came.bytes, sha256: came.sha256}
}

/** Runs the smoke test; what it finds is in the recorder's report. Throws at the first step that fails, once all is cleaned up. */
export const prove = async (api: Api, options: Options, recorder: Recorder): Promise<void> => {
  const {step, note, add} = recorder
  const source = await openSource(options.source, options.isLoopback, randomUUID())
  try {
    add({source: source.url.href})
    if (!options.isLoopback) {
      await step('stranger', async () => [undefined, strangersAre(await api.asStranger())])
    }
    const {fileId, isNew} = await step('request', async () => {
      const {statusCode, fileId, status} = await api.request(source.url.href)
      return [{fileId, isNew: statusCode === 202 && status === 'Requested'}, `${statusCode} ${fileId} ${status}`]
    })
    add({fileId})
    try {
      add(await follow(api, fileId, source.url, options, recorder))
    } finally {
      if (isNew) {
        await step('clean', async () => {
          const {detail, left} = await cleanUp(options, fileId)
          add({left})
          return [undefined, detail]
        })
      } else {
        note(`${fileId} was there before this test, so it stays, and its transfer is not proven again.`)
      }
    }
  } finally {
    source.close()
  }
}
