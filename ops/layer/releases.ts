/** Lambda's names of the processors. */
export type Architecture = 'arm64' | 'x86_64'

export interface Asset {
  readonly name: string
  /** Where it lies in the layer, and so under /opt. */
  readonly path: string
  /** Null: not pinned yet. */
  readonly sha256: string | null
}

/** A program by its release; `{version}` and `{asset}` stand in the paths, which go after the address of the mirror or the API. */
export interface Tool {
  readonly version: string
  readonly download: string
  /** Where the publisher says the SHA-256: in a file beside the release, or in GitHub's description of it. */
  readonly checksums: {readonly file: string} | {readonly release: string}
  readonly assets: Readonly<Record<Architecture, readonly Asset[]>>
}

/** ops/layer/releases.json: what goes into the layer. */
export interface Releases {
  readonly mirror: string
  readonly api: string
  readonly tools: Readonly<Record<string, Tool>>
}

/** An asset of one architecture with where it comes from. */
export interface Piece extends Asset {
  readonly tool: string
  readonly version: string
  readonly url: string
}

export const architectures: readonly Architecture[] = ['arm64', 'x86_64']

/** An address under a base, which may have a path of its own. */
export const under = (base: string, path: string): string => `${base.replace(/\/+$/, '')}/${path}`

const fill = (template: string, version: string, asset = ''): string => template.replace('{version}', version).replace('{asset}', asset)

/** Where a tool's publisher says the SHA-256 of a release. */
export const checksumsUrl = ({mirror, api}: Releases, {checksums}: Tool, version: string): string =>
  'file' in checksums ? under(mirror, fill(checksums.file, version)) : under(api, fill(checksums.release, version))

/** Everything that the layer of an architecture is made of. */
export const listPieces = ({mirror, tools}: Releases, architecture: Architecture): Piece[] =>
  Object.entries(tools).flatMap(([tool, {version, download, assets}]) =>
    assets[architecture].map((asset) => ({...asset, tool, version, url: under(mirror, fill(download, version, asset.name))})))

/** Tools of which a file has no digest. */
export const unpinned = ({tools}: Releases): Array<[string, Tool]> => Object.entries(tools).filter(([, {assets}]) =>
  architectures.some((architecture) => assets[architecture].some(({sha256}) => sha256 === null)))

/** Throws if a digest is missing, with the commands that fetch it. */
export const demandPins = (pieces: readonly Piece[]): void => {
  const unpinned = new Set(pieces.filter(({sha256}) => sha256 === null).map(({tool, version}) => `${tool}=${version}`))
  if (unpinned.size > 0) {
    const pins = [...unpinned].map((pin) => `--pin ${pin}`).join(' ')
    throw new Error(`Expected the SHA-256 of every file in ops/layer/releases.json; there is none of ${[...unpinned].join(' and ')}, and nothing unverified goes into the layer. `
      + `Run npm run layer -- ${pins} where the publisher can be reached, read the change, commit it.`)
  }
}

/** The releases with a tool at another version and with its digests; the other tools stay. Throws if a digest is missing. */
export const withPin = (releases: Releases, tool: string, version: string, digests: ReadonlyMap<string, string>): Releases => {
  const known = toolNamed(releases, tool)
  const pinned = (asset: Asset): Asset => {
    const sha256 = digests.get(asset.name)
    if (sha256 === undefined) {
      throw new Error(`Expected a SHA-256 of ${asset.name} in what ${tool} ${version} publishes; there is one of ${[...digests.keys()].join(', ') || 'nothing'}.`)
    }
    return {...asset, sha256}
  }
  const assets = {arm64: known.assets.arm64.map(pinned), x86_64: known.assets.x86_64.map(pinned)}
  return {...releases, tools: {...releases.tools, [tool]: {...known, version, assets}}}
}

/** A tool by its name. Throws if there is none. */
export const toolNamed = ({tools}: Releases, tool: string): Tool => {
  const known = tools[tool]
  if (known === undefined) {
    throw new Error(`Expected one of the tools ${Object.keys(tools).join(', ')}; got '${tool}'.`)
  }
  return known
}
