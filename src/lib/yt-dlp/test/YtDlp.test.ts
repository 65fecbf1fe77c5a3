import {existsSync, readFileSync} from 'node:fs'
import {chmod, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {MediaChoice} from '../choice'
import type {MediaDescription} from '../description'
import {describeMedia, downloadMedia, type DownloadOptions} from '../YtDlp'

let folder: string
const url = new URL('https://example.com/watch?v=-x')
const before = {...process.env}
const json = JSON.stringify({title: 'One', url: 'https://x/one.mp4', protocol: 'https', format_id: '18'})
const info = {format_id: '18', title: 'One', webpage_url: 'https://example.com/'} as MediaDescription['info']
const description: MediaDescription = {title: 'One', liveStatus: 'not_live', info}
const choice: MediaChoice = {kind: 'download', formatId: '137+140'}

/** Puts a shell script in the place of yt-dlp, which writes down where its home is. */
const fake = async (script: string): Promise<void> => {
  const path = join(folder, 'yt-dlp')
  await writeFile(path, `#!/bin/sh\necho "$HOME" > ${folder}/home\n${script}\n`)
  await chmod(path, 0o755)
  process.env.YT_DLP_PATH = path
}
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)
/** Whether the last run left its folder behind. */
const isLeft = async (): Promise<boolean> => existsSync((await readFile(join(folder, 'home'), 'utf8')).trim())
/** A process that is dead but not yet buried, by an init that takes its time, is not alive. */
const isAlive = (pid: number): boolean => {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
const download = (more: Partial<DownloadOptions> = {}): ReturnType<typeof downloadMedia> =>
  downloadMedia(description, choice, {maxBytes: 1_000_000, ...more})
const pidIn = async (name: string): Promise<number> => {
  while (!existsSync(join(folder, name))) {
    await sleep(10)
  }
  await sleep(20)
  return Number(await readFile(join(folder, name), 'utf8'))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fake-yt-dlp-'))
  Object.assign(process.env, {AWS_SECRET_ACCESS_KEY: 'secret', NODE_OPTIONS: '--enable-source-maps', https_proxy: 'http://elsewhere', no_proxy: '*'})
})
afterAll(async () => {
  process.env = before
  await rm(folder, {recursive: true, force: true})
})

describe('cookies', () => {
  const text = '# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t0\tsession\tone\n'

  it('are shown to yt-dlp in a file that no one else may read, and go with its folder', async () => {
    await fake(`for arg in "$@"; do [ "$before" = --cookies ] && cp -p "$arg" ${folder}/shown; before=$arg; done; echo '${json}'`)
    await describeMedia(url, {cookies: text})
    expect({text: await readFile(join(folder, 'shown'), 'utf8'), mode: (await stat(join(folder, 'shown'))).mode & 0o777, isLeft: await isLeft()})
      .toEqual({text, mode: 0o600, isLeft: false})
  })

  it('are not named where there are none', async () => {
    await fake(`echo "$*" > ${folder}/arguments; echo '${json}'`)
    await describeMedia(url)
    expect(await readFile(join(folder, 'arguments'), 'utf8')).not.toContain('--cookies')
  })
})

describe('describeMedia', () => {
  it('says how to install yt-dlp where it is missing', async () => {
    process.env.YT_DLP_PATH = '/nowhere/yt-dlp'
    expect(await failure(describeMedia(url))).toMatchObject({
      name: 'YtDlpNotFoundError', retryable: false, message: expect.stringMatching(/'\/nowhere\/yt-dlp'.*ENOENT.*ask the operator to install yt-dlp and ffmpeg/)
    })
    process.env.YT_DLP_PATH = folder
    expect(await failure(describeMedia(url))).toMatchObject({name: 'YtDlpNotFoundError', message: expect.stringContaining('EACCES')})
  })

  it('reads what yt-dlp prints', async () => {
    await fake(`echo '${json}'`)
    expect(await describeMedia(url)).toMatchObject({title: 'One', liveStatus: 'not_live', info: {format_id: '18'}})
    expect(await isLeft()).toBe(false)
  })

  it('hands over no shell, no configuration, no way around the proxy, and the URL as a URL', async () => {
    await fake(`for a in "$@"; do echo "$a"; done > ${folder}/args; echo '${json}'`)
    await describeMedia(new URL('https://example.com/$(id)?v=-x'))
    const args = (await readFile(join(folder, 'args'), 'utf8')).trim().split('\n')
    expect(args.slice(-2)).toEqual(['--', 'https://example.com/$(id)?v=-x'])
    expect(args).toEqual(expect.arrayContaining(['--ignore-config', '--no-playlist', '--no-cache-dir', '--dump-single-json', '--js-runtimes', `node:${process.execPath}`]))
    expect(args[args.indexOf('--proxy') + 1]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('hands over nothing of our environment but how to find programs', async () => {
    await fake(`env > ${folder}/env; echo '${json}'`)
    await describeMedia(url)
    const names = (await readFile(join(folder, 'env'), 'utf8')).trim().split('\n').map((line) => line.split('=', 1)[0])
    const allowed = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'PYTHONUTF8', 'PYTHONDONTWRITEBYTECODE', 'PWD', 'OLDPWD', 'SHLVL', '_']
    expect(names.filter((name) => !allowed.includes(name ?? ''))).toEqual([])
    expect(await readFile(join(folder, 'env'), 'utf8')).toMatch(new RegExp(`^HOME=${tmpdir()}/yt-dlp-`, 'm'))
  })

  it.each([
    ['ERROR: [youtube] abc: Sign in to confirm you’re not a bot', 1, 'NeedsCookiesError'], ['ERROR: Unsupported URL: https://example.com/', 1, 'UnsupportedSourceError'],
    ['', 1, 'TransientSourceError'], ['ERROR: [x] y: HTTP Error 429: Too Many Requests', 101, 'RateLimitedError']
  ])('names what yt-dlp says: %s', async (message, code, name) => {
    await fake(`echo '${json}'; echo '${message}' >&2; exit ${code}`)
    expect(await failure(describeMedia(url))).toMatchObject({name})
    expect(await isLeft()).toBe(false)
  })

  it('is transient where yt-dlp was killed, although it had printed all', async () => {
    await fake(`echo '${json}'; kill -9 $$`)
    expect(await failure(describeMedia(url))).toMatchObject({name: 'TransientSourceError'})
  })

  it('kills yt-dlp and its children where they take too long', async () => {
    await fake(`sleep 60 & echo $! > ${folder}/child-1; wait`)
    expect(await failure(describeMedia(url, {timeoutMilliseconds: 300}))).toMatchObject({name: 'TransientSourceError', message: expect.stringContaining('0.3 s')})
    expect([isAlive(await pidIn('child-1')), await isLeft()]).toEqual([false, false])
  })

  it('kills yt-dlp and its children where the signal says so', async () => {
    await fake(`sleep 60 & echo $! > ${folder}/child-2; wait`)
    const controller = new AbortController()
    const reason = new Error('enough')
    const failing = failure(describeMedia(url, {signal: controller.signal}))
    const child = await pidIn('child-2')
    controller.abort(reason)
    expect([await failing, isAlive(child), await isLeft()]).toEqual([reason, false, false])
  })

  it('leaves no child behind where yt-dlp ends before it', async () => {
    await fake(`sleep 60 > /dev/null 2>&1 & echo $! > ${folder}/child-3; echo '${json}'`)
    await describeMedia(url)
    await sleep(50)
    expect(isAlive(await pidIn('child-3'))).toBe(false)
  })
})

describe('Cookies', () => {
  const cookies = '.example.com\tTRUE\t/\tTRUE\t0\tsession\tsecret-of-ann'
  const watched = (after: string): string => `
    for a in "$@"; do echo "$a"; done > ${folder}/args; env > ${folder}/env
    while [ "$1" != --cookies ] && [ $# -gt 0 ]; do shift; done
    echo "$2" > ${folder}/cookie-path; stat -c %a "$2" > ${folder}/mode; cp "$2" ${folder}/cookies
    ${after}`
  const left = async (name: string): Promise<string> => (await readFile(join(folder, name), 'utf8')).trim()

  it.each([
    ['a description', () => describeMedia(url, {cookies})],
    ['a download', async () => { await (await download({cookies})).remove() }]
  ])('reach yt-dlp for %s by a file that only we can read, and that is gone afterwards', async (_what, work) => {
    await fake(watched(`printf whole > media.mp4; echo '${json}'`))
    await work()
    expect([await left('mode'), await left('cookies')]).toEqual(['600', `# Netscape HTTP Cookie File\n${cookies}`])
    expect(existsSync(await left('cookie-path'))).toBe(false)
    expect(await left('args') + await left('env')).not.toContain('secret-of-ann')
  })

  it('are gone before the media is taken out, and where yt-dlp fails', async () => {
    await fake(watched('printf whole > media.mp4'))
    const media = await download({cookies})
    expect(existsSync(await left('cookie-path'))).toBe(false)
    await media.remove()
    await fake(watched('echo "ERROR: [x] y: Sign in to confirm your age" >&2; exit 1'))
    expect(await failure(describeMedia(url, {cookies}))).toMatchObject({name: 'NeedsCookiesError'})
    expect(existsSync(await left('cookie-path'))).toBe(false)
  })

  it('are not spoken of where there are none', async () => {
    await fake(`for a in "$@"; do echo "$a"; done > ${folder}/args; echo '${json}'`)
    await describeMedia(url)
    expect(await left('args')).not.toContain('--cookies')
  })
})

describe('downloadMedia', () => {
  it('gives the one file that was written, and leaves nothing once it is removed', async () => {
    await fake('printf whole > media.mp4')
    const {extension, size, body, remove} = await download()
    const chunks: Buffer[] = []
    for await (const chunk of body) {
      chunks.push(chunk)
    }
    expect([extension, size, Buffer.concat(chunks).toString()]).toEqual(['mp4', 5, 'whole'])
    await remove()
    expect(await isLeft()).toBe(false)
  })

  it('asks for the format that was chosen, from what was described, and cannot look again elsewhere', async () => {
    await fake(`for a in "$@"; do echo "$a"; done > ${folder}/args; cp info.json ${folder}/info.json; printf whole > media.mp4`)
    await (await download()).remove()
    const args = (await readFile(join(folder, 'args'), 'utf8')).trim().split('\n')
    expect([args[args.indexOf('--format') + 1], args[args.indexOf('--load-info-json') + 1]]).toEqual(['137+140', expect.stringMatching(/info\.json$/)])
    expect(args).toEqual(expect.arrayContaining(['--abort-on-unavailable-fragments', '--hls-prefer-native', 'Merger+ffmpeg_o:-movflags +faststart']))
    expect(JSON.parse(await readFile(join(folder, 'info.json'), 'utf8'))).toEqual({format_id: '18', title: 'One'})
  })

  it.each([['fails', 'exit 1'], ['is killed', 'kill -9 $$']])('takes no part for the whole where yt-dlp %s after it wrote', async (_what, end) => {
    await fake(`printf half > media.mp4; echo 'ERROR: [x] y: Connection reset by peer' >&2; ${end}`)
    expect(await failure(download())).toMatchObject({name: 'TransientSourceError'})
    expect(await isLeft()).toBe(false)
  })

  it.each([['nothing', 'true'], ['an empty file', ': > media.mp4'], ['tracks that were not put together', 'printf v > media.f137.mp4; printf a > media.f140.m4a'], ['two files', 'printf v > media.mp4; printf a > media.m4a']])(
    'refuses %s', async (_what, script) => {
      await fake(script)
      expect(await failure(download())).toMatchObject({name: 'EmptyBodyError'})
      expect(await isLeft()).toBe(false)
    })

  it('begins nothing that is too large for the limit or the disk', async () => {
    await fake(`touch ${folder}/begun; printf whole > media.mp4`)
    expect(await failure(downloadMedia(description, {...choice, size: 1_000_001}, {maxBytes: 1_000_000}))).toMatchObject({name: 'FileTooLargeError', message: expect.stringContaining('max_file_bytes')})
    expect(await failure(downloadMedia(description, {...choice, size: 2 ** 52}, {maxBytes: 2 ** 53}))).toMatchObject({name: 'FileTooLargeError', message: expect.stringContaining('transfer_storage_mb')})
    expect([existsSync(join(folder, 'begun')), await isLeft()]).toEqual([false, false])
  })

  it('stops what grows too large', async () => {
    await fake(`sleep 60 & echo $! > ${folder}/child-4; head -c 3000000 /dev/zero > media.mp4; wait`)
    const seen: number[] = []
    expect(await failure(download({onBytes: (bytes) => seen.push(bytes)}))).toMatchObject({name: 'FileTooLargeError'})
    expect([seen.at(-1), isAlive(await pidIn('child-4')), await isLeft()]).toEqual([1_000_000, false, false])
  })

  it('refuses a file over the limit', async () => {
    await fake('head -c 1000001 /dev/zero > media.mp4')
    expect(await failure(download())).toMatchObject({name: 'FileTooLargeError'})
  })
})

describe('An old version', () => {
  it('is asked once with and from then on without what it does not know', async () => {
    await fake(`echo "$*" >> ${folder}/runs
      case "$*" in *--js-runtimes*) echo 'yt-dlp: error: no such option: --js-runtimes' >&2; exit 2;; esac
      echo '${json}'`)
    await describeMedia(url)
    await describeMedia(url)
    const runs = (await readFile(join(folder, 'runs'), 'utf8')).trim().split('\n')
    expect(runs.map((run) => run.includes('--js-runtimes'))).toEqual([true, false, false])
  })
})

describe('A second look', () => {
  const formats = ['137', '140'].map((format_id) => ({format_id, url: 'https://pieces.example/a.m3u8', protocol: 'm3u8_native'}))
  const pieces = {...description, info: {...info, formats} as MediaDescription['info']}
  const runs = async (): Promise<string[]> => (await readFile(join(folder, 'looks'), 'utf8')).trim().split('\n')
  /** Fails with the messages, one a run, and then succeeds with `end`. */
  const failing = async (messages: readonly string[], end: string): Promise<void> => {
    await rm(join(folder, 'looks'), {force: true})
    await fake(`echo "$*" >> ${folder}/looks; echo more >> media.mp4
      case $(wc -l < ${folder}/looks | tr -d ' ') in
      ${messages.map((message, index) => `${index + 1}) printf 'ERROR: ${message}\\n' >&2; exit 1;;`).join('\n')}
      esac
      ${end}`)
  }
  const missing = 'Got error: HTTP Error 404: Not Found. Giving up'
  const limited = 'Got error: HTTP Error 429: Too Many Requests. Giving up'
  const take = () => downloadMedia(pieces, choice, {maxBytes: 1_000_000})

  it('continues with the pieces that are there, slower where the host wants it, also the next time', async () => {
    await failing([limited], 'true')
    const media = await take()
    expect([media.size, (await runs()).map((run) => /--concurrent-fragments (\d)/.exec(run)?.[1])]).toEqual([10, ['4', '1']])
    await media.remove()
    await failing([], 'true')
    await (await take()).remove()
    expect((await runs()).map((run) => /--concurrent-fragments (\d)/.exec(run)?.[1])).toEqual(['1'])
  }, 20_000)

  it('is the last for a piece that is missing', async () => {
    await failing([missing, missing], 'true')
    expect(await failure(take())).toMatchObject({name: 'MediaUnavailableError', retryable: false, message: expect.stringMatching(/^The media cannot be downloaded: a piece of it is missing/)})
    expect((await runs()).length).toBe(2)
  }, 20_000)

  it('brings a piece that was missing for a while', async () => {
    await failing([missing], 'true')
    await (await take()).remove()
    expect((await runs()).length).toBe(2)
  }, 20_000)

  it('begins no file again that does not come in pieces', async () => {
    await failing([missing], 'true')
    expect(await failure(download())).toMatchObject({name: 'MediaUnavailableError'})
    expect((await runs()).length).toBe(1)
  })

  it.each([['passes', 1, undefined], ['stays', 2, 'UnsupportedSourceError']])('is taken where yt-dlp itself failed, which %s', async (_what, times, name) => {
    await failing(Array<string>(times).fill('An extractor error has occurred. (caused by KeyError())'), `echo '${json}'`)
    const work = describeMedia(new URL('https://odd.example/watch'))
    await (name === undefined ? work : expect(work).rejects.toMatchObject({name, retryable: false}))
    expect((await runs()).length).toBe(2)
  })

  it('is taken slower of a page whose host wants fewer requests, though yt-dlp only warned', async () => {
    await rm(join(folder, 'looks'), {force: true})
    await fake(`echo "$*" >> ${folder}/looks; echo '{"formats": []}'; echo 'WARNING: [generic] Failed to download m3u8 information: HTTP Error 429: Too Many Requests' >&2`)
    expect(await failure(describeMedia(new URL('https://slow.example/watch')))).toMatchObject({name: 'RateLimitedError'})
    expect((await runs()).map((run) => run.includes('--sleep-requests'))).toEqual([false, true])
  }, 20_000)
})

describe('Options that an old version lacks', () => {
  it('are left out one after another, with their values', async () => {
    await fake(`echo "$*" >> ${folder}/olds
      case "$*" in *--no-update*) echo 'yt-dlp: error: no such option: --no-update' >&2; exit 2;; *--retry-sleep*) echo 'yt-dlp: error: no such option: --retry-sleep' >&2; exit 2;; esac
      echo '${json}'`)
    await describeMedia(url)
    await describeMedia(url)
    const olds = (await readFile(join(folder, 'olds'), 'utf8')).trim().split('\n')
    expect(olds.map((run) => [run.includes('--no-update'), run.includes('--retry-sleep'), run.includes('http:exp=')])).toEqual([
      [true, true, true], [false, true, true], [false, false, false], [false, false, false]
    ])
  })
})
