import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {archive} from './archive'
import {fetchPiece} from './fetch'
import {demandRoom} from './limits'
import type {Progress} from './progress'
import {type Architecture, demandPins, listPieces, type Releases} from './releases'

interface Part {
  readonly tool: string
  readonly version: string
  readonly path: string
  readonly bytes: number
  readonly sha256: string | null
}

export interface Layer {
  readonly file: string
  readonly architecture: Architecture
  readonly bytes: number
  readonly unzippedBytes: number
  readonly sha256: string
  readonly pieces: readonly Part[]
}

/**
 * Fetches, verifies and zips the layer of an architecture.
 * Throws if a digest is missing or another, a file does not come, or the layer is too large for Lambda.
 */
export const makeLayer = async (releases: Releases, architecture: Architecture, file: string, progress: Progress): Promise<Layer> => {
  const pieces = listPieces(releases, architecture)
  demandPins(pieces)
  const folder = join(dirname(file), 'downloads')
  const fetched = []
  for (const piece of pieces) {
    const source = await fetchPiece(piece, folder, progress)
    fetched.push({...piece, source, bytes: statSync(source).size})
  }
  demandRoom(fetched)
  progress.say('zipping')
  const zip = archive(fetched.map(({path, source}) => ({path, content: readFileSync(source)})))
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(`${file}.part`, zip)
  renameSync(`${file}.part`, file)
  return {
    file, architecture,
    bytes: zip.length,
    unzippedBytes: fetched.reduce((sum, {bytes}) => sum + bytes, 0),
    sha256: createHash('sha256').update(zip).digest('hex'),
    pieces: fetched.map(({tool, version, path, bytes, sha256}) => ({tool, version, path, bytes, sha256}))
  }
}
