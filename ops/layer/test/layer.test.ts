import {createHash} from 'node:crypto'
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {unzipSync} from 'fflate'
import {makeLayer} from '../make'
import {parsePin, pin, pinAll} from '../pin'
import {silent} from '../progress'
import {type Releases} from '../releases'

const content: Readonly<Record<string, string>> = {
  'yt-dlp_linux_aarch64': 'yt-dlp for arm64',
  'yt-dlp_linux': 'yt-dlp for x86_64',
  'ffmpeg-linux-arm64': 'ffmpeg for arm64',
  'ffprobe-linux-arm64': 'ffprobe for arm64',
  'ffmpeg-linux-x64': 'ffmpeg for x86_64',
  'ffprobe-linux-x64': 'ffprobe for x86_64'
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const ytDlpFolder = '/yt-dlp/yt-dlp/releases/download/2026.08.19'
const ffmpegFolder = '/shaka-project/static-ffmpeg-binaries/releases/download/n8.1.2-1'
const ffmpegRelease = '/repos/shaka-project/static-ffmpeg-binaries/releases/tags/n8.1.2-1'

const shipped = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'releases.json'), 'utf8')) as Releases
let pages: Map<string, string>
let asked: string[]
let server: Server
let releases: Releases
let folder: string

const publish = (): Map<string, string> => new Map([
  ...Object.entries(content).map(([name, text]) => [`${name.startsWith('yt-dlp') ? ytDlpFolder : ffmpegFolder}/${name}`, text] as const),
  [`${ytDlpFolder}/SHA2-256SUMS`, Object.entries(content).map(([name, text]) => `${sha256(text)}  ${name}\n`).join('')],
  [ffmpegRelease, JSON.stringify({assets: Object.entries(content).map(([name, text]) => ({name, digest: `sha256:${sha256(text)}`}))})]
])

beforeEach(async () => {
  pages = publish()
  asked = []
  server = createServer(({url = ''}, response) => {
    asked.push(url)
    const page = pages.get(url)
    if (page?.startsWith('see ') === true) {
      response.writeHead(302, {location: page.slice('see '.length)}).end()
      return
    }
    if (page?.startsWith('half of ') === true) {
      response.writeHead(200, {'content-length': page.length * 2}).write(page, () => response.destroy())
      return
    }
    response.writeHead(page === undefined ? 404 : 200).end(page ?? 'Not Found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  releases = {...shipped, mirror: address, api: address}
  folder = mkdtempSync(join(tmpdir(), 'layer-test-'))
})

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, {recursive: true})
})

const pinned = async (): Promise<Releases> => pin(await pin(releases, '2026.08.19'), 'ffmpeg=n8.1.2-1')
const make = (from: Releases, architecture: 'arm64' | 'x86_64' = 'arm64') => makeLayer(from, architecture, join(folder, `${architecture}.zip`), silent)

describe('a pin', () => {
  test('takes the digests that the publishers state, for both architectures', async () => {
    const digestsOf = ({tools}: Releases): Record<string, string | null> =>
      Object.fromEntries(Object.values(tools).flatMap(({assets}) => [...assets.arm64, ...assets.x86_64]).map((asset) => [asset.name, asset.sha256]))
    expect(digestsOf(await pinned())).toEqual(Object.fromEntries(Object.entries(content).map(([name, text]) => [name, sha256(text)])))
  })

  test('changes the version and leaves the other tool alone', async () => {
    pages.set('/yt-dlp/yt-dlp/releases/download/2026.09.01/SHA2-256SUMS', `${'a'.repeat(64)}  yt-dlp_linux\n${'b'.repeat(64)} *yt-dlp_linux_aarch64\n`)
    const changed = await pin(releases, '2026.09.01')
    expect(changed).toEqual({...releases, tools: {...releases.tools, 'yt-dlp': {
      ...releases.tools['yt-dlp'],
      version: '2026.09.01',
      assets: {
        arm64: [{name: 'yt-dlp_linux_aarch64', path: 'bin/yt-dlp', sha256: 'b'.repeat(64)}],
        x86_64: [{name: 'yt-dlp_linux', path: 'bin/yt-dlp', sha256: 'a'.repeat(64)}]
      }
    }}})
  })

  test('of one tool fetches the digests of the others that have none, and leaves those alone that have', async () => {
    const first = await pinAll(releases, ['2026.08.19'])
    expect(first).toEqual(await pinned())
    asked = []
    expect(await pinAll(first, ['2026.08.19'])).toEqual(first)
    expect(asked).toEqual([`${ytDlpFolder}/SHA2-256SUMS`])
  })

  test.each([
    ['2026.08.19', {tool: 'yt-dlp', version: '2026.08.19'}],
    ['2026.8.19', {tool: 'yt-dlp', version: '2026.08.19'}],
    ['yt-dlp=2026.12.9', {tool: 'yt-dlp', version: '2026.12.09'}],
    ['ffmpeg=n8.1.2-1', {tool: 'ffmpeg', version: 'n8.1.2-1'}]
  ])('of %s names a tool and a release', (text, expected) => {
    expect(parsePin(text)).toEqual(expected)
  })

  test('of a release that is not there says which address did not have it', async () => {
    await expect(pin(releases, '2026.01.01')).rejects.toThrow('/yt-dlp/yt-dlp/releases/download/2026.01.01/SHA2-256SUMS to exist; the answer was 404')
  })

  test('is refused where the publisher states no digest of a file', async () => {
    pages.set(ffmpegRelease, JSON.stringify({assets: [{name: 'ffmpeg-linux-arm64', digest: null}]}))
    await expect(pin(releases, 'ffmpeg=n8.1.2-1')).rejects.toThrow('Expected a SHA-256 of ffmpeg-linux-arm64 in what ffmpeg n8.1.2-1 publishes')
  })

  test('of an unknown tool is refused', async () => {
    await expect(pin(releases, 'deno=2.3.0')).rejects.toThrow('Expected one of the tools yt-dlp, ffmpeg; got \'deno\'.')
  })
})

describe('the layer', () => {
  test('holds the three executables of its architecture', async () => {
    const layer = await make(await pinned(), 'x86_64')
    const files = Object.entries(unzipSync(readFileSync(layer.file))).map(([path, bytes]) => [path, Buffer.from(bytes).toString()])
    expect(files).toEqual([['bin/ffmpeg', 'ffmpeg for x86_64'], ['bin/ffprobe', 'ffprobe for x86_64'], ['bin/yt-dlp', 'yt-dlp for x86_64']])
  })

  test('marks every file as executable for Linux', async () => {
    const zip = readFileSync((await make(await pinned())).file)
    const modes: number[] = []
    for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) {
      modes.push(zip.readUInt16LE(at + 40))
      expect(zip.readUInt8(at + 5)).toBe(3)
    }
    expect(modes).toEqual([0o100755, 0o100755, 0o100755])
  })

  test('says what it is made of', async () => {
    const layer = await make(await pinned())
    const piece = (tool: string, version: string, path: string, name: string) => ({tool, version, path, bytes: content[name]?.length, sha256: sha256(content[name] ?? '')})
    expect(layer).toEqual({
      file: join(folder, 'arm64.zip'),
      architecture: 'arm64',
      bytes: readFileSync(layer.file).length,
      unzippedBytes: 'yt-dlp for arm64ffmpeg for arm64ffprobe for arm64'.length,
      sha256: createHash('sha256').update(readFileSync(layer.file)).digest('hex'),
      pieces: [
        piece('yt-dlp', '2026.08.19', 'bin/yt-dlp', 'yt-dlp_linux_aarch64'),
        piece('ffmpeg', 'n8.1.2-1', 'bin/ffmpeg', 'ffmpeg-linux-arm64'),
        piece('ffmpeg', 'n8.1.2-1', 'bin/ffprobe', 'ffprobe-linux-arm64')
      ]
    })
  })

  test('has the same bytes when it is made again, and fetches nothing twice', async () => {
    const from = await pinned()
    const first = readFileSync((await make(from)).file)
    asked = []
    expect(readFileSync((await make(from)).file).equals(first)).toBe(true)
    expect(asked).toEqual([])
  })

  test('fetches a kept file again that was damaged meanwhile', async () => {
    const from = await pinned()
    await make(from)
    writeFileSync(join(folder, 'downloads', sha256('yt-dlp for arm64')), 'damaged')
    asked = []
    await make(from)
    expect(asked).toEqual([`${ytDlpFolder}/yt-dlp_linux_aarch64`])
  })

  test('is refused while a release has no digest, with the commands that pin it', async () => {
    await expect(make(releases)).rejects.toThrow('Run npm run layer -- --pin yt-dlp=2026.08.19 --pin ffmpeg=n8.1.2-1')
    expect(asked).toEqual([])
  })

  test('is refused where a file is not what was pinned, and keeps nothing of it', async () => {
    const from = await pinned()
    pages.set(`${ytDlpFolder}/yt-dlp_linux_aarch64`, 'something else')
    await expect(make(from)).rejects.toThrow(`to have the SHA-256 ${sha256('yt-dlp for arm64')} that ops/layer/releases.json pins`)
    expect({zip: existsSync(join(folder, 'arm64.zip')), downloads: readdirSync(join(folder, 'downloads'))}).toEqual({zip: false, downloads: []})
  })

  test('is refused where a file is missing', async () => {
    const from = await pinned()
    pages.delete(`${ffmpegFolder}/ffprobe-linux-arm64`)
    await expect(make(from)).rejects.toThrow(`${ffmpegFolder}/ffprobe-linux-arm64 to exist; the answer was 404`)
  })

  test('follows redirects, as releases on GitHub have them', async () => {
    pages.set('/objects/1', content['yt-dlp_linux_aarch64'] ?? '')
    pages.set(`${ytDlpFolder}/yt-dlp_linux_aarch64`, 'see /objects/1')
    expect((await make(await pinned())).pieces[0]).toMatchObject({path: 'bin/yt-dlp', sha256: sha256('yt-dlp for arm64')})
  })

  test('is refused where a redirect has no end', async () => {
    pages.set(`${ytDlpFolder}/yt-dlp_linux_aarch64`, `see ${ytDlpFolder}/yt-dlp_linux_aarch64`)
    await expect(make(await pinned())).rejects.toThrow('to redirect at most 5 times')
  })

  test('is refused where the connection breaks, and keeps nothing of the file', async () => {
    const from = await pinned()
    pages.set(`${ytDlpFolder}/yt-dlp_linux_aarch64`, 'half of yt-dlp')
    await expect(make(from)).rejects.toThrow('/yt-dlp_linux_aarch64; the connection broke after ')
    expect(readdirSync(join(folder, 'downloads'))).toEqual([])
  })

  test('is refused where no one answers', async () => {
    const from = {...await pinned(), mirror: 'http://127.0.0.1:1'}
    await expect(make(from)).rejects.toThrow('Expected http://127.0.0.1:1/yt-dlp/yt-dlp/releases/download/2026.08.19/yt-dlp_linux_aarch64 to answer; it did not.')
  })
})
