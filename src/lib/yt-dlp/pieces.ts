import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {isNamedError} from '../../util/errors'
import type {MediaChoice} from './choice'
import type {Came} from './lost-track'
import {type Tracks, tracksIn} from './streams'

const isWhole = (name: string): boolean => name.startsWith('media.') && !/\.(?:part|ytdl|temp\.\w+)$|-Frag\d+/.test(name)

/**
 * What lies on disk of which no file could be made, if it is all there: the picture first. Undefined if another fault explains the error.
 */
export const piecesIn = async (
  folder: string, {formatId}: MediaChoice, error: unknown, signal?: AbortSignal
): Promise<Came | undefined> => {
  const names = isNamedError(error, 'UnsupportedSourceError') ? (await readdir(folder)).filter(isWhole) : []
  const ids = formatId.split('+')
  const own = ids.length === 1 ? [names[0]] : ids.map((id) => names.find((name) => name.startsWith(`media.f${id}.`)))
  const found: Tracks[] = []
  for (const name of own) {
    const tracks = name === undefined ? undefined : await tracksIn(join(folder, name), signal)
    if (tracks === undefined) {
      return undefined
    }
    found.push(tracks)
  }
  const [first, last] = [found[0]!, found.at(-1)!]
  return {tracks: {picture: first.picture, sound: last.sound}, isPictureHeard: found.length > 1 && first.sound}
}
