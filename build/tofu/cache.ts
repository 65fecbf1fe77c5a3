import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'

/** Where built programs stay between checkouts: below XDG_CACHE_HOME (XDG Base Directory: a relative one is ignored), else ~/.cache. */
export const cacheFolder = ({XDG_CACHE_HOME: named}: NodeJS.ProcessEnv = process.env): string =>
  join(named !== undefined && isAbsolute(named) ? named : join(homedir(), '.cache'), 'media-downloader')

/** Where the OpenTofu of this version is, or will be once it is built. */
export const programPath = (version: string, cache = cacheFolder()): string => join(cache, 'tofu', version, 'tofu')

/** The built OpenTofu of this version; undefined if it is yet to be built. */
export const cachedProgram = (version: string, cache = cacheFolder()): string | undefined =>
  existsSync(programPath(version, cache)) ? programPath(version, cache) : undefined
