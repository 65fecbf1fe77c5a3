import {asObject, objectsIn} from '../../shared/json'
import {askFor, readText} from './http'
import {checksumsUrl, type Releases, toolNamed, unpinned, withPin} from './releases'

/** `yt-dlp=2026.08.19`, or the version alone: yt-dlp is what changes every week. PyPI writes 2026.8.19, the release 2026.08.19. */
export const parsePin = (text: string): {readonly tool: string, readonly version: string} => {
  const [, tool = 'yt-dlp', version = ''] = /^(?:([^=]+)=)?(.+)$/.exec(text) ?? []
  const padded = tool === 'yt-dlp' ? version.replace(/^(\d{4})\.(\d)(?=\.)/, '$1.0$2').replace(/^(\d{4}\.\d{2})\.(\d)(?!\d)/, '$1.0$2') : version
  return {tool, version: padded}
}

/** Digests by file name from lines such as `<64 hex digits>  yt-dlp_linux`. */
const fromSums = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^([0-9a-f]{64})\s+\*?(\S+)\s*$/gim)].map(([, sha256 = '', name = '']) => [name, sha256.toLowerCase()]))

/** Digests by file name from GitHub's description of a release. https://docs.github.com/en/rest/releases/releases#get-a-release-by-tag-name */
const fromRelease = (text: string): Map<string, string> => {
  const assets = objectsIn(asObject(JSON.parse(text))['assets'])
  return new Map(assets.flatMap(({name, digest}) => typeof digest === 'string' && digest.startsWith('sha256:') ? [[String(name), digest.slice('sha256:'.length)]] : []))
}

/** The releases with a tool pinned to a version by what its publisher says. Throws if the publisher cannot be read or says no digest. */
export const pin = async (releases: Releases, text: string): Promise<Releases> => {
  const {tool, version} = parsePin(text)
  const known = toolNamed(releases, tool)
  const url = checksumsUrl(releases, known, version)
  const published = await readText(await askFor(url))
  return withPin(releases, tool, version, 'file' in known.checksums ? fromSums(published) : fromRelease(published))
}

/** The releases with these pins, and with the digests of whatever else has none yet, at the version that it names. Throws as pin does. */
export const pinAll = async (releases: Releases, texts: readonly string[]): Promise<Releases> => {
  let pinned = releases
  for (const text of texts) {
    pinned = await pin(pinned, text)
  }
  for (const [tool, {version}] of unpinned(pinned)) {
    pinned = await pin(pinned, `${tool}=${version}`)
  }
  return pinned
}
