import type {MediaChoice} from './choice'
import {formatArguments, type Wanted} from './presets'

/** Postprocessors read our files and nothing else: a hostile playlist must not make ffmpeg open a network or another file. */
const postprocessing = ['Merger', 'VideoRemuxer', 'ExtractAudio', 'FixupM3u8', 'FixupM4a', 'FixupTimestamp', 'FixupStretched', 'FixupDuration', 'FixupDuplicateMoov']
  .flatMap((name) => ['--postprocessor-args', `${name}+ffmpeg_i:-protocol_whitelist file`])

// The index at the front: players begin before the file is whole (corrections 24). Newer versions do it by themselves.
const fastStart = (...names: string[]): string[] => names.flatMap((name) => ['--postprocessor-args', `${name}+ffmpeg_o:-movflags +faststart`])

const asVideo = (container: string): string[] => [
  '--merge-output-format', container,
  '--remux-video', 'webm>webm/mkv>mkv/mov>mov/avi>avi/wmv>mkv/m4a>m4a/mp3>mp3/aac>m4a/ogg>ogg/opus>opus/flac>flac/wav>wav/mp4',
  ...fastStart('Merger', 'VideoRemuxer', 'FixupM3u8')
]

// AAC goes into an M4A as it is; all else is encoded anew, about 190 kbit/s as MP3.
const asAudio = {
  m4a: ['--extract-audio', '--audio-format', 'm4a', ...fastStart('ExtractAudio', 'FixupM4a')],
  mp3: ['--extract-audio', '--audio-format', 'mp3', '--audio-quality', '2']
}

const common = (proxy: string): string[] => [
  // A configuration file could run programs.
  '--ignore-config', '--no-cache-dir', '--no-playlist', '--no-progress', '--no-color',
  '--proxy', proxy, '--socket-timeout', '20', '--retries', '3', '--extractor-retries', '2'
]

/** Arguments that make yt-dlp print what is at a URL and what it would take of it, without downloading it; the pages that it read are left in its folder. */
export const describeArguments = (url: string, wanted: Wanted, proxy: string): string[] => [
  ...common(proxy), '--dump-single-json', '--write-pages', '--ignore-no-formats-error', ...formatArguments(wanted),
  // Two tell "one" from "several".
  '--playlist-items', '1:2', '--', url
]

/** Arguments that make yt-dlp download described media into the working folder as `media.<ext>`, whole and with its index at the front. */
export const downloadArguments = (infoPath: string, {formatId, audio, container}: MediaChoice, proxy: string): string[] => [
  ...common(proxy), '--load-info-json', infoPath, '--format', formatId, '--output', 'media.%(ext)s',
  '--no-part', '--no-mtime', '--no-continue', '--fragment-retries', '5', '--concurrent-fragments', '4', '--abort-on-unavailable-fragments',
  // Where ffmpeg must fetch a playlist after all, it fetches by HTTP through the proxy.
  '--hls-prefer-native', '--downloader-args', 'ffmpeg_i:-protocol_whitelist http,https,httpproxy,tcp,tls,crypto,data',
  ...postprocessing, ...audio === undefined ? asVideo(container ?? 'mp4/mkv') : asAudio[audio]
]

/** Makes YouTube's scripts run in our own Node: https://github.com/yt-dlp/yt-dlp/wiki/EJS */
export const scriptRuntime = ['--js-runtimes', `node:${process.execPath}`]

/** How versions before 2025.11.12 answer `scriptRuntime`. */
export const lacksScriptRuntime = /no such option: --js-runtimes/
