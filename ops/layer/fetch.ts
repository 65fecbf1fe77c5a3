import {createHash} from 'node:crypto'
import {createReadStream, existsSync} from 'node:fs'
import {mkdir, open, rename, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {pipeline} from 'node:stream/promises'
import {hasCode} from '../../shared/errors'
import {askFor} from './http'
import {maxUnzippedBytes} from './limits'
import type {Progress} from './progress'
import type {Piece} from './releases'

const hashFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Writes what comes to a file. Returns its SHA-256. Throws if the source breaks off or does not end. */
const receive = async ({name, url}: Piece, path: string, progress: Progress): Promise<string> => {
  const response = await askFor(url)
  const hash = createHash('sha256')
  const file = await open(path, 'w')
  let bytes = 0
  progress.start(name, Number(response.headers['content-length'] ?? 0))
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > maxUnzippedBytes) {
        throw new Error(`Expected ${url} to have at most ${maxUnzippedBytes} bytes, what Lambda takes; more came.`)
      }
      hash.update(chunk)
      await file.write(chunk)
      progress.advance(chunk.length)
    }
  } catch (cause) {
    throw hasCode(cause, 'ECONNRESET') ? new Error(`Expected all of ${url}; the connection broke after ${bytes} bytes.`, {cause}) : cause
  } finally {
    progress.stop()
    await file.close()
  }
  return hash.digest('hex')
}

/** The path of a piece's file, fetched unless it was before; its digest is verified either way. Throws if it is another, and keeps nothing then. */
export const fetchPiece = async (piece: Piece, folder: string, progress: Progress): Promise<string> => {
  const {tool, version, name, url, sha256} = piece
  const path = join(folder, `${sha256}`)
  if (existsSync(path) && await hashFile(path) === sha256) {
    progress.say(`${name} is here already`)
    return path
  }
  await mkdir(folder, {recursive: true})
  const partial = `${path}.${process.pid}.part`
  try {
    const received = await receive(piece, partial, progress)
    if (received !== sha256) {
      throw new Error(`Expected ${name} of ${tool} ${version} to have the SHA-256 ${sha256} that ops/layer/releases.json pins; `
        + `${url} sent ${received}. Nothing of it was kept.`)
    }
    await rename(partial, path)
  } finally {
    await rm(partial, {force: true})
  }
  return path
}
