import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {asObject, type Json, objectsIn} from '../../types/json'
import {systemEnv} from '../../util/env'

const run = promisify(execFile)

/** What a user sees or hears of a file. */
export interface Tracks {
  readonly picture: boolean
  readonly sound: boolean
}

const milliseconds = 30_000

/** Files that hold media themselves: a playlist would make ffprobe open others. */
const containers = 'mov,matroska,mpegts,avi,asf,flv,ogg,mp3,aac,flac,wav'

const isPicture = ({codec_type: type, disposition}: Json): boolean => type === 'video' && asObject(disposition).attached_pic !== 1

/** The tracks that a file really has; a cover is no picture. Undefined if there is no ffprobe, or it cannot read the file. */
export const tracksIn = async (path: string, signal?: AbortSignal): Promise<Tracks | undefined> => {
  const args = ['-loglevel', 'error', '-protocol_whitelist',
    'file', '-format_whitelist', containers, '-show_entries', 'stream=codec_type:stream_disposition=attached_pic', '-of', 'json', path]
  try {
    const {stdout} = await run('ffprobe', args, {env: systemEnv(), timeout: milliseconds, signal})
    const streams = objectsIn(asObject(JSON.parse(stdout)).streams)
    return {picture: streams.some(isPicture), sound: streams.some(({codec_type: type}) => type === 'audio')}
  } catch {
    signal?.throwIfAborted()
    return undefined
  }
}
