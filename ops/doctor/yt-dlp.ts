import {execFile} from 'node:child_process'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {readJson} from '../../shared/read-json'
import type {Releases} from '../layer/releases'

const run = promisify(execFile)
const releases = join(import.meta.dirname, '..', 'layer', 'releases.json')
const dayMilliseconds = 86_400_000
const milliseconds = 15_000
/** Sites change weekly; yt-dlp itself calls a version of this many days old. */
const maxDays = 90

/** The yt-dlp that reads pages and playlists for a stack. */
export interface YtDlp {
  /** Which it is, for people. */
  readonly where: string
  /** Undefined if there is none, or it does not say. */
  readonly version?: string
  /** Since its release; undefined if the version is no date. */
  readonly days?: number
  /** What to do, if there is something to be done. */
  readonly advice?: string
}

/** Says what a machine lacks if no ffprobe is on its PATH; undefined of one that has it, and of AWS, whose layer brings it. Throws nothing. */
export const lacksFfprobe = async (isEmbedded: boolean, {PATH}: NodeJS.ProcessEnv): Promise<string | undefined> => {
  const isThere = !isEmbedded || await run('ffprobe', ['-version'], {timeout: milliseconds, env: {PATH: PATH ?? ''}}).then(() => true, () => false)
  return isThere
    ? undefined
    : 'ffprobe: none. No one notices a video that has lost its sound or its picture on the way. Install ffmpeg, which brings it.'
}

/** Days since a version was released, by its name: 2026.10.26 or 2026.10.26.232825. */
export const ageInDays = (version: string, now = Date.now()): number | undefined => {
  const [, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?!\d)/.exec(version) ?? []
  return day === undefined ? undefined : Math.max(0, Math.floor((now - Date.UTC(Number(year), Number(month) - 1, Number(day))) / dayMilliseconds))
}

/** A version with its age, and the advice if it is too old. */
export const judged = (where: string, version: string, update: string, now?: number): YtDlp => {
  const days = ageInDays(version, now)
  return {where, version, ...(days !== undefined && {days}), ...(days !== undefined && days > maxDays && {advice: `Sites that changed since then may fail. ${update}`})}
}

const ofMachine = async (env: NodeJS.ProcessEnv): Promise<YtDlp> => {
  const program = env.YT_DLP_PATH?.trim() || 'yt-dlp'
  const install = 'Install a newer one (https://github.com/yt-dlp/yt-dlp/wiki/Installation), or name it by YT_DLP_PATH.'
  try {
    const {stdout} = await run(program, ['--ignore-config', '--version'], {timeout: milliseconds})
    return judged(program, stdout.trim(), install)
  } catch {
    return {where: program, advice: 'It cannot be run, so pages and playlists fail. Install it (https://github.com/yt-dlp/yt-dlp/wiki/Installation), or name it by YT_DLP_PATH.'}
  }
}

const ofLayer = (): YtDlp => {
  const {tools} = readJson<Releases>(releases)
  return judged('the layer of this checkout', tools['yt-dlp']?.version ?? '', 'Pin a newer one with npm run layer -- --pin VERSION, make the layer and deploy it.')
}

/** The yt-dlp of the embedded AWS is that of this machine, the one of AWS is in the layer that `npm run layer` makes. Throws nothing. */
export const findYtDlp = (isEmbedded: boolean, env: NodeJS.ProcessEnv): Promise<YtDlp> => isEmbedded ? ofMachine(env) : Promise.resolve(ofLayer())

/** A line for people. */
export const ytDlpLine = ({where, version, days, advice}: YtDlp): string => {
  const age = days === undefined ? '' : `, ${days} ${days === 1 ? 'day' : 'days'} old`
  return `yt-dlp (${where}): ${version === undefined ? 'none' : `version ${version}${age}`}.${advice === undefined ? '' : ` ${advice}`}`
}
