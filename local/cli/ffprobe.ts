import {access, constants} from 'node:fs/promises'
import {delimiter, join} from 'node:path'

const isProgram = (path: string): Promise<boolean> => access(path, constants.X_OK).then(() => true, () => false)

/**
 * What a machine lacks on which the functions find no ffprobe: without it nothing looks into a file that yt-dlp has put together. Undefined if it
 * is there.
 */
export const lacksFfprobe = async ({PATH = ''}: NodeJS.ProcessEnv = process.env): Promise<string | undefined> => {
  const found = await Promise.all(PATH.split(delimiter).filter(Boolean).map((folder) => isProgram(join(folder, 'ffprobe'))))
  return found.includes(true)
    ? undefined
    : 'ffprobe: not on the PATH, so a video that lost its sound or its picture on the way goes unnoticed. Install ffmpeg, which includes it.'
}
