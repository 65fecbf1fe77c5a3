import {chmod, copyFile, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {DynamoDBClient, ListTablesCommand, ScanCommand} from '@aws-sdk/client-dynamodb'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {FileView} from '../../src/types/domain'
import {eventsOf, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {startSystem, type System} from '../helpers/system'

let system: System
let site: MediaSite
let folder: string

/**
 * Stands in the place of yt-dlp: the metadata are there, and then the transfer hears what the site says, as a file of the case's name has it,
 * as often as that file says so; after that the media is there again. If there is a file of lines of JSON, the first runs get these.
 */
const script = (clip: string): string => `#!/bin/sh
for url in "$@"; do :; done
case "$*" in *--dump-single-json*) ;; *) exit 1;; esac
name=\${url##*case=}
echo run >> "$FOLDER/$name.runs"
runs=$(wc -l < "$FOLDER/$name.runs")
if [ -e "$FOLDER/$name.json" ] && [ "$runs" -le $(wc -l < "$FOLDER/$name.json") ]; then sed -n "\${runs}p" "$FOLDER/$name.json"; exit; fi
if [ "$runs" -gt 1 ] && [ "$runs" -le $(($(head -1 "$FOLDER/$name") + 1)) ]; then tail -n +2 "$FOLDER/$name" >&2; exit 1; fi
echo '{"title": "One", "format_id": "18", "ext": "mp4", "protocol": "http", "url": "${clip}", "vcodec": "h264", "acodec": "aac"}'
`

const bring = async (name: string, says: string, times: number): Promise<FileView> => {
  await writeFile(join(folder, name), `${times}\nERROR: [site] 1: ${says}\n`)
  const {body: {fileId}} = await requestFile(system, 'ann', site.url(`/page?case=${name}`))
  return settledFile(system, 'ann', fileId, 120_000)
}

const failuresOf = (fileId: string): unknown[] =>
  eventsOf(system, 'FileDownloadFailed').map((line) => (line['event'] as {detail: {fileId: string}}).detail).filter((detail) => detail.fileId === fileId)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'categories-'))
  await copyFile('local/cli/demo/harbour.mp4', join(folder, 'clip.mp4'))
  site = await startMediaSite({folder})
  const program = join(folder, 'yt-dlp')
  await writeFile(program, script(site.url('/files/clip.mp4')).replaceAll('$FOLDER', folder))
  await chmod(program, 0o755)
  system = await startSystem(['--ephemeral', '--allow-private-sources', '--virtual-clock'], {PATH: `${folder}${delimiter}${process.env['PATH']}`})
})

afterAll(async () => {
  await system?.stop()
  await site?.close()
  await rm(folder, {recursive: true, force: true})
})

describe('What a site says to the workflow', () => {
  it.each([
    ['transient', 'Unable to download webpage: The read operation timed out', 2],
    ['rate-limited', 'This content isn\'t available, try again later. The current session has been rate-limited by YouTube for up to an hour.', 2],
    ['not-yet-available', 'Premieres in 5 hours', 2]
  ])('is waited out where it passes: %s', async (name, says, times) => {
    const file = await bring(name, says, times)
    expect(file).toMatchObject({status: 'Downloaded', contentType: 'video/mp4', error: null})
    expect(failuresOf(file.fileId)).toEqual([])
  }, 150_000)

  it('is waited for as long as it says', async () => {
    const file = await bring('hours', 'Premieres in 7 hours', 1)
    expect(file.status).toBe('Downloaded')
    expect(Date.parse(file.completedAt ?? '') - Date.parse(file.requestedAt)).toBeGreaterThan(7 * 3_600_000)
  }, 150_000)

  it('is waited for until a stream is announced, begun, over and made ready', async () => {
    const {now} = await (await fetch(`${system.address}/_local/clock`)).json() as {now: string}
    const released = Math.round(Date.parse(now) / 1000) + 5 * 3600
    const states = [{live_status: 'is_upcoming', release_timestamp: released}, {live_status: 'is_live'}, {live_status: 'post_live'}]
    await writeFile(join(folder, 'stream.json'), states.map((state) => `${JSON.stringify({title: 'One', ...state})}\n`).join(''))
    const file = await bring('stream', '', 0)
    expect(file).toMatchObject({status: 'Downloaded', title: 'One', error: null})
    // A quarter of an hour after it began it is not over, and half an hour after that not ready.
    const seconds = Date.parse(file.completedAt ?? '') / 1000 - released
    expect(seconds).toBeGreaterThanOrEqual(15 + 900 + 1800)
    expect(seconds).toBeLessThan(15 + 900 + 1800 + 120)
  }, 150_000)

  it.each([
    ['needs-cookies', 'Sign in to confirm you’re not a bot', 'NeedsCookiesError'],
    ['blocked', 'Your IP address is blocked from accessing this post', 'SourceForbiddenError'],
    ['geo', 'The uploader has not made this video available in your country', 'GeoBlockedError'],
    ['removed', 'Video unavailable. This video has been removed by the uploader', 'MediaUnavailableError'],
    ['unsupported', 'This video is DRM protected', 'UnsupportedSourceError'],
    ['too-large', 'File is larger than max-filesize (9 bytes > 8 bytes). Aborting.', 'FileTooLargeError']
  ])('is final where asking again does not help: %s', async (name, says, code) => {
    const file = await bring(name, says, 1)
    expect(file).toMatchObject({status: 'Failed', error: {code, retryable: false, message: expect.stringContaining(says.slice(0, 20))}})
    expect(failuresOf(file.fileId)).toMatchObject([{errorCode: code, retryable: false}])
  }, 150_000)
})

describe('What a site gives its files for', () => {
  it.each(['Authorization', 'X-Token'])('is neither on the record nor in a log: %s', async (header) => {
    const secret = `secret-of-${header}`
    const path = `/synthetic/140000000.mp4?for=${header}`
    const format = {title: 'One', format_id: '18', ext: 'mp4', protocol: 'http', url: site.url(path), vcodec: 'h264', acodec: 'aac', http_headers: {[header]: secret}}
    await writeFile(join(folder, `${header}.json`), `${JSON.stringify(format)}\n`.repeat(3))
    expect(await bring(header, '', 0)).toMatchObject({status: 'Downloaded', size: 140_000_000})
    const requests = site.requests.filter((request) => request.path === path)
    expect(requests.map(({headers}) => headers[header.toLowerCase()])).toContain(secret)
    // By ranges would be to tell other workers, by way of the record.
    expect(requests.filter(({headers}) => /\d-\d/.test(headers.range ?? ''))).toEqual([])
    const client = new DynamoDBClient({endpoint: system.address, region: 'us-west-2', credentials: {accessKeyId: 'local', secretAccessKey: 'local'}})
    const {TableNames = []} = await client.send(new ListTablesCommand())
    const items = await Promise.all(TableNames.map((TableName) => client.send(new ScanCommand({TableName}))))
    expect(JSON.stringify(items)).toContain('140000000')
    expect(JSON.stringify([items, system.lines])).not.toContain(secret)
  }, 150_000)
})
