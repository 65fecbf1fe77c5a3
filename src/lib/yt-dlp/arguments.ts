import type {MediaChoice} from './choice'
import {formatArguments, type Wanted} from './presets'

/** Postprocessors read our files and nothing else: a hostile playlist must not make ffmpeg open a network or another file. */
const postprocessing = ['Merger',
  'VideoRemuxer', 'ExtractAudio', 'FixupM3u8', 'FixupM4a', 'FixupTimestamp', 'FixupStretched', 'FixupDuration', 'FixupDuplicateMoov']
  .flatMap((name) => ['--postprocessor-args', `${name}+ffmpeg_i:-protocol_whitelist file`])

// The index at the front: players begin before the file is whole (corrections 24). Newer versions do it by themselves.
const fastStart = (...names: string[]): string[] =>
  names.flatMap((name) => ['--postprocessor-args', `${name}+ffmpeg_o:-movflags +faststart`])

const asVideo = (container: string): string[] => [
  '--merge-output-format', container,
  '--remux-video', 'webm>webm/mkv>mkv/mov>mov/avi>avi/wmv>mkv/m4a>m4a/mp3>mp3/aac>m4a/ogg>ogg/opus>opus/flac>flac/wav>wav/mp4',
  ...fastStart('Merger', 'VideoRemuxer', 'FixupM3u8')
]

// AAC goes into an M4A as it is; all else is encoded again, about 190 kbit/s as MP3.
const asAudio = {
  m4a: ['--extract-audio', '--audio-format', 'm4a', ...fastStart('ExtractAudio', 'FixupM4a')],
  mp3: ['--extract-audio', '--audio-format', 'mp3', '--audio-quality', '2']
}

/** How often and how soon a host is asked: as usual, by one request at a time with long waits, or once more for what was not there. */
export type Pace = 'usual' | 'slow' | 'once'

const pauses = (most: number): string[] => ['http', 'fragment', 'extractor'].flatMap((kind) => ['--retry-sleep', `${kind}:exp=1:${most}`])

const describePace: Readonly<Record<Pace, readonly string[]>> =
  {usual: pauses(8), slow: ['--sleep-requests', '1.5', ...pauses(20)], once: pauses(8)}

const downloadPace: Readonly<Record<Pace, readonly string[]>> = {
  usual: ['--concurrent-fragments', '4', '--fragment-retries', '3', ...pauses(8)],
  slow: ['--concurrent-fragments', '1', '--fragment-retries', '12', ...pauses(20)],
  once: ['--concurrent-fragments', '1', '--fragment-retries', '1', ...pauses(8)]
}

const common = (proxy: string): string[] => [
  // A configuration file could run programs.
  '--ignore-config', '--no-cache-dir', '--no-playlist', '--no-progress', '--no-color', '--no-update',
  '--proxy', proxy, '--socket-timeout', '20', '--retries', '3', '--extractor-retries', '2'
]

/**
 * Arguments that make yt-dlp print what is at a URL and what it would take of it, without downloading it; the pages that it read are left
 * in its folder.
 */
export const describeArguments = (url: string, wanted: Wanted, proxy: string, pace: Pace = 'usual'): string[] => [
  ...common(proxy), ...describePace[pace], '--dump-single-json', '--write-pages', '--ignore-no-formats-error', ...formatArguments(wanted),
  // Two tell "one" from "several".
  '--playlist-items', '1:2', '--', url
]

/**
 * Arguments that make yt-dlp download described media into the working folder as `media.<ext>`, whole and with its index at the front;
 * pieces that an earlier run left there are resumed.
 */
export const downloadArguments = (
  infoPath: string, {formatId, audio, container}: MediaChoice, proxy: string, pace: Pace = 'usual'
): string[] => [
  ...common(proxy), '--load-info-json', infoPath, '--format', formatId, '--output', 'media.%(ext)s',
  '--no-mtime', ...downloadPace[pace], '--abort-on-unavailable-fragments',
  // If ffmpeg must fetch a playlist after all, it fetches by HTTP through the proxy.
  '--hls-prefer-native', '--downloader-args', 'ffmpeg_i:-protocol_whitelist http,https,httpproxy,tcp,tls,crypto,data',
  ...postprocessing, ...audio === undefined ? asVideo(container ?? 'mp4/mkv') : asAudio[audio]
]

/** Makes YouTube's scripts run in our own Node: https://github.com/yt-dlp/yt-dlp/wiki/EJS */
export const scriptRuntime = ['--js-runtimes', `node:${process.execPath}`]

/** Options that only newer versions have, and how many values each takes: since 2025.11.12, 2022.09.01 and 2022.05.18. */
const newer: ReadonlyMap<string, number> = new Map([['--js-runtimes', 1], ['--no-update', 0], ['--retry-sleep', 1]])

/** The option that a version does without, by its complaint; undefined if it complains of something else. */
export const lackingOption = (stderr: string): string | undefined => {
  const [, option = ''] = /no such option: (--[\w-]+)/.exec(stderr) ?? []
  return newer.has(option) ? option : undefined
}

/** Arguments without the options that a version lacks. */
export const withoutOptions = (args: readonly string[], lacking: ReadonlySet<string>): string[] =>
  args.filter(
    (argument, index) => !lacking.has(argument) && !(lacking.has(args[index - 1] ?? '') && newer.get(args[index - 1] ?? '') === 1)
  )
