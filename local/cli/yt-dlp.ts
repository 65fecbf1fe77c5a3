import {execFile} from 'node:child_process'
import {access, constants, stat} from 'node:fs/promises'
import {delimiter, isAbsolute, join} from 'node:path'
import {promisify} from 'node:util'
import {hasCode} from '../../shared/errors'
import {programPath} from '../services/lambda/program-path'

const run = promisify(execFile)
const milliseconds = 15_000
const install = 'https://github.com/yt-dlp/yt-dlp/wiki/Installation'

/** The program that reads pages and playlists, or why there is none. */
export type YtDlp = {readonly path: string, readonly version: string} | {readonly path: string | null, readonly problem: string}

/** Why a file cannot be run as a program; undefined if it can. */
const findProblem = async (path: string): Promise<string | undefined> => {
  try {
    if ((await stat(path)).isDirectory()) {
      return `YT_DLP_PATH names the folder ${path}. Name the program in it.`
    }
    await access(path, constants.X_OK)
    return undefined
  } catch (error) {
    return hasCode(error, 'EACCES')
      ? `YT_DLP_PATH names ${path}, which may not be run. Make it executable with chmod +x.`
      : `YT_DLP_PATH names ${path}, where there is no program. Name another, or install yt-dlp (${install}).`
  }
}

const onPath = async (name: string, folders: readonly string[]): Promise<string | undefined> => {
  for (const path of folders.filter(Boolean).map((folder) => join(folder, name))) {
    if (await findProblem(path) === undefined) {
      return path
    }
  }
  return undefined
}

const readVersion = async (path: string): Promise<YtDlp> => {
  try {
    return {path, version: (await run(path, ['--ignore-config', '--version'], {timeout: milliseconds})).stdout.trim()}
  } catch {
    return {path, problem: `${path} does not say its version. Install yt-dlp again (${install}).`}
  }
}

/** Finds the yt-dlp that the functions will run: the one that the environment names, else the first on the PATH. Throws nothing. */
export const findYtDlp = async ({YT_DLP_PATH = '', PATH = ''}: NodeJS.ProcessEnv = process.env): Promise<YtDlp> => {
  const named = programPath(YT_DLP_PATH.trim() || 'yt-dlp')
  if (isAbsolute(named)) {
    const problem = await findProblem(named)
    return problem === undefined ? readVersion(named) : {path: named, problem}
  }
  const path = await onPath(named, PATH.split(delimiter))
  return path === undefined
    ? {path: null, problem: `No ${named} is on the PATH: only direct media URLs work. Install it (${install}), or name it by YT_DLP_PATH.`}
    : readVersion(path)
}

/** What the start says of it. */
export const ytDlpLine = (found: YtDlp): string => 'version' in found ? `yt-dlp: ${found.path}, version ${found.version}` : `yt-dlp: ${found.problem}`
