import {type ChildProcess, spawn} from 'node:child_process'
import {optionalEnv, systemEnv} from '../../util/env'
import {NamedError} from '../../util/errors'

export interface RunOptions {
  readonly args: readonly string[]
  /** Its home, cache and temporary folder. */
  readonly folder: string
  readonly timeoutMilliseconds: number
  readonly signal?: AbortSignal
}

/** How a run ended that was not stopped by us. */
export interface Ended {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  /** The last 64 KiB. */
  readonly stderr: string
}

const maxOutputBytes = 64 * 1024 * 1024
const maxErrorBytes = 64 * 1024

const environment = (folder: string): NodeJS.ProcessEnv =>
  ({...systemEnv(),
    HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1'})

/** The whole group: yt-dlp has ffmpeg and a JavaScript runtime for children. */
const killGroup = ({pid}: ChildProcess): void => {
  try {
    process.kill(-(pid ?? Number.NaN), 'SIGKILL')
  } catch {
    // It is gone already, or never began.
  }
}

const notFound = (cause: NodeJS.ErrnoException, executable: string): NamedError => new NamedError('YtDlpNotFoundError',
  `Pages and playlists need the program yt-dlp, and '${executable}' cannot be run (${cause.code}). Use the link of the media itself, `
  + 'or ask the operator to install yt-dlp and ffmpeg (README.md says how).', {cause})

const tooSlow = (milliseconds: number): NamedError =>
  new NamedError(
    'TransientSourceError', `The site took too long: yt-dlp was not done with it within ${milliseconds / 1000} s. Try again later.`
  )

const tooLong = (): NamedError =>
  new NamedError(
    'UnsupportedSourceError', `The page lists more than can be read (${maxOutputBytes} bytes). Use the link of a single video or sound.`
  )

/**
 * Runs yt-dlp without a shell and waits for its end and the end of its output. Throws YtDlpNotFoundError, TransientSourceError if it takes
 * too long, UnsupportedSourceError if it says too much, or the signal's reason; then it and its children are killed.
 */
export const runYtDlp = ({args, folder, timeoutMilliseconds, signal}: RunOptions): Promise<Ended> => new Promise((resolve, reject) => {
  signal?.throwIfAborted()
  const executable = optionalEnv('YT_DLP_PATH') ?? 'yt-dlp'
  const child = spawn(executable, args, {cwd: folder, env: environment(folder), detached: true, stdio: ['ignore', 'pipe', 'pipe']})
  let stopped: {readonly reason: unknown} | undefined
  const stop = (reason: unknown): void => {
    stopped ??= {reason}
    killGroup(child)
  }
  const abort = (): void => stop(signal?.reason)
  const timer = setTimeout(() => stop(tooSlow(timeoutMilliseconds)), timeoutMilliseconds)
  signal?.addEventListener('abort', abort)

  const output: Buffer[] = []
  let outputBytes = 0
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output.push(chunk)
    outputBytes += chunk.length
    if (outputBytes > maxOutputBytes) {
      stop(tooLong())
    }
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { stderr = (stderr + chunk).slice(-maxErrorBytes) })
  child.once('error', (error: NodeJS.ErrnoException) => reject(notFound(error, executable)))
  child.once('exit', () => killGroup(child))
  child.once('close', (exitCode) => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    if (stopped === undefined) {
      resolve({exitCode, stdout: Buffer.concat(output).toString('utf8'), stderr})
    } else {
      reject(stopped.reason)
    }
  })
})
