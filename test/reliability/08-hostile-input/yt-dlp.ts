import assert from 'node:assert/strict'
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {errorTable} from '../../../src/util/errors'
import {hostileText, hostileUrl, hostileValue, nearly} from './arbitraries'
import type {Fuzz} from './fuzz'
import {outcomeOf, requireNamed} from './outcome'

const names = Object.keys(errorTable)

const format = {
  format_id: '18', url: 'https://example.com/a.mp4', protocol: 'https', ext: 'mp4', vcodec: 'avc1', acodec: 'mp4a', height: 720, tbr: 900, filesize: 1_000,
  http_headers: {'user-agent': 'x'}, cookies: null, has_drm: false
}
const info = {
  ...format, _type: 'video', title: 'A', description: 'B', uploader: 'C', channel: 'D', uploader_id: 'E', timestamp: 1_700_000_000,
  release_timestamp: 1_700_000_000, live_status: 'not_live'
}

const formats = fc.oneof(hostileValue, fc.array(fc.oneof(nearly(format), hostileValue), {maxLength: 3}))

const description = fc.oneof(
  hostileText, fc.json(),
  fc.tuple(nearly(info), formats, formats).map(([one, all, requested]) => JSON.stringify({...one, formats: all, requested_formats: requested})),
  fc.tuple(nearly(info), fc.oneof(hostileValue, fc.array(fc.oneof(nearly(info), hostileValue), {maxLength: 2})))
    .map(([one, entries]) => JSON.stringify({...one, _type: 'playlist', entries}))
)

/** What it says about a medium, read as StartFileUpload and TransferFile read it, but for the network. */
const fuzzDescriptions = async (fuzz: Fuzz): Promise<void> => {
  const {parseDescription} = await import('../../../src/lib/yt-dlp/description')
  const {chooseMedia} = await import('../../../src/lib/yt-dlp/choice')
  await fuzz('yt-dlp\'s descriptions', description, async (json) =>
    requireNamed(await outcomeOf(() => chooseMedia(parseDescription(json).info)), names), 5)
}

const fuzzMessages = async (fuzz: Fuzz): Promise<void> => {
  const {ytDlpError} = await import('../../../src/lib/yt-dlp/failures')
  const words = fc.constantFrom('ERROR:', '[youtube] x:', 'Premieres in', 'try again in', '5', '99999999999999999999', 'hours', 'days', 'Sign in', 'HTTP Error 429', '\n')
  const message = fc.oneof(hostileText, fc.array(fc.oneof(words, hostileText), {maxLength: 12}).map((parts) => parts.join(' ')))
  await fuzz('yt-dlp\'s messages', fc.tuple(message, fc.constantFrom(0, 1, 2, null)), ([text, code]) => {
    assert.ok(names.includes(ytDlpError(text, code).name))
  }, 3)
}

/** The program itself, in place of which one answers that says anything: fewer runs, for each starts a process. */
const fuzzProgram = async (fuzz: Fuzz): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'yt-dlp-'))
  const [program, answer] = [join(folder, 'yt-dlp'), join(folder, 'answer')]
  writeFileSync(program, `#!/bin/sh\ncat '${answer}'\n`)
  chmodSync(program, 0o755)
  process.env['YT_DLP_PATH'] = program
  const {identifySource} = await import('../../../src/util/sources/identify-source')
  try {
    await fuzz('yt-dlp', description, async (json) => {
      writeFileSync(answer, json)
      requireNamed(await outcomeOf(() => identifySource(new URL('https://www.youtube.com/watch?v=dQw4w9WgXcQ'))), names)
    }, 0.2)
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/** Names of sources become titles and keys. */
const fuzzUrls = async (fuzz: Fuzz): Promise<void> => {
  const {parseSourceUrl} = await import('../../../src/util/sources/source-url')
  const {fileIdOf} = await import('../../../src/lambdas/RequestFile/src/file-identity')
  const {pathName, titleOf} = await import('../../../src/util/sources/source-name')
  await fuzz('names of sources', hostileUrl, async (url) => {
    const outcome = await outcomeOf(() => parseSourceUrl(url))
    requireNamed(outcome, names)
    if ('value' in outcome) {
      assert.match(fileIdOf(outcome.value), /^[A-Za-z0-9_-]{1,128}$/)
      assert.ok(titleOf(pathName(outcome.value), outcome.value).length > 0)
    }
  }, 3)
}

/** What comes from outside by way of a source. */
export const fuzzSources = async (fuzz: Fuzz): Promise<void> => {
  await fuzzDescriptions(fuzz)
  await fuzzMessages(fuzz)
  await fuzzUrls(fuzz)
  await fuzzProgram(fuzz)
}
