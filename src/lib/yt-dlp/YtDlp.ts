import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {TrackKind} from '../../types/domain'
import type {NamedError} from '../../util/errors'
import type {AddressPolicy} from '../http/guard'
import {describeArguments, downloadArguments, lackingOption, type Pace, scriptRuntime, withoutOptions} from './arguments'
import {findHost, isInPieces, type MediaChoice} from './choice'
import {withCookieFile} from './cookies'
import {type MediaDescription, parseDescription} from './description'
import {makeFolder, readFrom, removeFolder, requireSpace, resultIn, watchFolder} from './disk'
import {warnedError, ytDlpError} from './failures'
import {asManifestsSay, readManifests} from './manifests'
import {describePauses, patiently, piecesPauses} from './patience'
import {piecesIn} from './pieces'
import type {Wanted} from './presets'
import {promisedBy} from './promised'
import {startGuardProxy} from './proxy'
import {type Ended, type RunOptions, runYtDlp} from './run'
import {tracksIn} from './streams'
import {type Attempt, withAllTracks} from './whole'

export interface YtDlpOptions extends AddressPolicy {
  readonly signal?: AbortSignal
  readonly timeoutMilliseconds?: number
  /** What yt-dlp may show to sites, as a browser's cookies.txt. */
  readonly cookies?: string
}

export type DescribeOptions = YtDlpOptions & Wanted

export interface DownloadOptions extends YtDlpOptions {
  /** Most bytes that the media may have. */
  readonly maxBytes: number
  /** Called now and then with the bytes on disk. */
  readonly onBytes?: (bytes: number) => void
}

/** A whole file in ephemeral storage. `remove()` it, whatever happens. */
export interface DownloadedMedia {
  readonly extension: string
  readonly size: number
  readonly body: AsyncIterable<Buffer>
  /** It turned out to have no picture. */
  readonly isSound?: boolean
  /** A track that its site names and that it does not have, though nothing else can be had. */
  readonly missing?: TrackKind
  remove: () => Promise<void>
}

const defaults = {describeMilliseconds: 100_000, downloadMilliseconds: 15 * 60_000}

const lacking = new Set<string>()

/** Old versions refuse options that new ones need: found out once a process, at no cost for the new ones. */
const runAnyVersion = async (options: RunOptions): Promise<Ended> => {
  const ended = await runYtDlp({...options, args: withoutOptions([...scriptRuntime, ...options.args], lacking)})
  const option = ended.exitCode === 0 ? undefined : lackingOption(ended.stderr)
  if (option === undefined || lacking.has(option)) {
    return ended
  }
  lacking.add(option)
  return runAnyVersion(options)
}

interface Run extends Omit<RunOptions, 'args' | 'signal'> {
  readonly argumentsFor: (proxy: string) => string[]
  readonly options: YtDlpOptions
  readonly onPrivate?: (error: NamedError) => void
}

/** Only exit code 0 is a success: what a child wrote before it failed is no file (corrections 23). */
const run = async ({argumentsFor, options, onPrivate, ...how}: Run): Promise<Ended> => {
  const proxy = await startGuardProxy(options, onPrivate)
  try {
    const ended = await withCookieFile(how.folder, options.cookies, (cookieArguments) =>
      runAnyVersion({...how, args: [...cookieArguments, ...argumentsFor(proxy.url)], signal: options.signal}))
    if (ended.exitCode !== 0) {
      const refusal = proxy.failure()
      const error = ytDlpError(ended.stderr, ended.exitCode)
      // Behind a proxy every lost connection looks alike; the proxy knows which it was.
      throw refusal?.name === 'PrivateAddressError' || (refusal !== undefined && error.name === 'TransientSourceError') ? refusal : error
    }
    return ended
  } finally {
    proxy.close()
  }
}

/** Asked to describe what has no formats, such as a premiere, yt-dlp succeeds even if it could not fetch them. */
const requireFormats = ({info, liveStatus}: MediaDescription, stderr: string): void => {
  const error = liveStatus === 'not_live' && info.url === undefined && (info.formats ?? []).length === 0 ? warnedError(stderr) : undefined
  if (error !== undefined) {
    throw error
  }
}

const describeOnce = async (url: URL, options: DescribeOptions, pace: Pace): Promise<MediaDescription> => {
  const folder = await makeFolder()
  const {timeoutMilliseconds = defaults.describeMilliseconds} = options
  try {
    const argumentsFor = (proxy: string): string[] => describeArguments(url.href, options, proxy, pace)
    const {stdout, stderr} = await run({argumentsFor, folder, timeoutMilliseconds, options})
    const description = parseDescription(stdout)
    requireFormats(description, stderr)
    const manifests = await readManifests(folder)
    const playlists = manifests.filter((text) => text.includes('#EXTINF'))
    const info = asManifestsSay(description.info, manifests, options)
    return {...description, info, ...promisedBy(info, manifests), ...(playlists.length > 0 && {playlists})}
  } finally {
    await removeFolder(folder)
  }
}

/**
 * Says what is at a URL that yt-dlp knows, and which format it would take. All its traffic goes through a guarding proxy. Throws
 * YtDlpNotFoundError, PrivateAddressError, and the errors of yt-dlp/messages.
 */
export const describeMedia = (url: URL, options: DescribeOptions = {}): Promise<MediaDescription> =>
  patiently({host: url.host, pauses: describePauses, signal: options.signal}, (pace) => describeOnce(url, options, pace))

const download = async (
  folder: string, {info}: MediaDescription, choice: MediaChoice, options: DownloadOptions
): Promise<Attempt<DownloadedMedia>> => {
  const {timeoutMilliseconds = defaults.downloadMilliseconds, maxBytes, onBytes} = options
  const infoPath = join(folder, 'info.json')
  await requireSpace(folder, choice.size, maxBytes)
  // Without the page's URL yt-dlp cannot look again, and so not at something else than what was chosen and checked.
  await writeFile(infoPath, JSON.stringify({...info, webpage_url: undefined, original_url: undefined}))
  const controller = new AbortController()
  const signal = AbortSignal.any([controller.signal, ...options.signal === undefined ? [] : [options.signal]])
  const unwatch = watchFolder(folder, {maxBytes, onBytes, stop: (reason) => controller.abort(reason)})
  try {
    await patiently({host: findHost(info, choice), pauses: isInPieces(info, choice) ? piecesPauses : {}, signal}, (pace) =>
      run({
        argumentsFor: (proxy) => downloadArguments(infoPath, choice, proxy, pace),
        folder, timeoutMilliseconds, options: {...options, signal},
        // It would try such a piece again and again, ever more slowly.
        onPrivate: (error) => controller.abort(error)
      }))
  } finally {
    unwatch()
  }
  const {path, size} = await resultIn(folder, maxBytes)
  const tracks = await tracksIn(path, options.signal)
  return {
    ...(tracks && {tracks}),
    media: {
      extension: path.split('.').at(-1) ?? '',
      size, body: readFrom(path), ...(tracks?.picture === false && tracks.sound && {isSound: true}),
      remove: () => removeFolder(folder)
    }
  }
}

const downloadOnce = async (
  description: MediaDescription, choice: MediaChoice, options: DownloadOptions
): Promise<Attempt<DownloadedMedia>> => {
  const folder = await makeFolder()
  try {
    return await download(folder, description, choice, options)
  } catch (error) {
    const came = await piecesIn(folder, choice, error, options.signal).finally(() => removeFolder(folder))
    if (came === undefined) {
      throw error
    }
    return {...came, error}
  }
}

/**
 * Downloads chosen media into ephemeral storage, separate tracks muxed with the index at the front. A track that its site has and that did
 * not come is fetched once more by another choice. Throws FileTooLargeError (limit or disk), EmptyBodyError, TrackMissingError, and what
 * `describeMedia` throws; then nothing is left on disk.
 */
export const downloadMedia = (description: MediaDescription, choice: MediaChoice, options: DownloadOptions): Promise<DownloadedMedia> =>
  withAllTracks({description, choice}, (each) => downloadOnce(each.description, each.choice, options))
