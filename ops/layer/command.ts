import {readFileSync, writeFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {parseArgs} from 'node:util'
import {makeLayer} from './make'
import {pinAll} from './pin'
import {progressOn} from './progress'
import {type Architecture, architectures, type Releases} from './releases'

const usage = `npm run layer -- [--arch arm64|x86_64] [--out FILE] [--json]
  Fetches the pinned releases of yt-dlp and ffmpeg, verifies them and zips a Lambda layer: dist/layer/yt-dlp-<arch>.zip
npm run layer -- --pin [TOOL=]VERSION …
  Writes another release and the SHA-256 that its publisher states into ops/layer/releases.json; TOOL is yt-dlp where it is not named.
  What has no SHA-256 yet gets one at the version that it names.
settings
  --mirror URL, LAYER_MIRROR   where releases come from instead of https://github.com, by the same paths
  --api URL, LAYER_API         where GitHub's descriptions of releases come from instead of https://api.github.com
  --releases FILE              another list than ops/layer/releases.json`

const root = join(import.meta.dirname, '..', '..')

const options = {
  arch: {type: 'string', default: 'arm64'},
  out: {type: 'string'},
  pin: {type: 'string', multiple: true},
  mirror: {type: 'string', default: process.env.LAYER_MIRROR},
  api: {type: 'string', default: process.env.LAYER_API},
  releases: {type: 'string', default: join(root, 'build', 'layer', 'releases.json')},
  json: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false}
} as const

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`

const isArchitecture = (text: string): text is Architecture => architectures.some((known) => known === text)

const make = async (releases: Releases, {arch, out, json}: {arch: string, out?: string, json: boolean}): Promise<void> => {
  if (!isArchitecture(arch)) {
    throw new Error(`Expected --arch to be ${architectures.join(' or ')}; got '${arch}'.`)
  }
  const file = out ?? join(root, 'dist', 'layer', `yt-dlp-${arch}.zip`)
  const layer = await makeLayer(releases, arch, file, progressOn(process.stderr, json))
  console.log(json
    ? JSON.stringify(layer, null, 2)
    : `${layer.file}: ${megabytes(layer.bytes)}, unzipped ${megabytes(layer.unzippedBytes)}, sha256 ${layer.sha256}\n`
      + `Deploy it: terraform -chdir=terraform apply -var yt_dlp_layer_zip=${relative(join(root, 'terraform'), layer.file)}`)
}

interface Repin {
  readonly pins: readonly string[]
  readonly file: string
  readonly json: boolean
}

const repin = async (releases: Releases, shipped: Releases, {pins, file, json}: Repin): Promise<void> => {
  const pinned = await pinAll(releases, pins)
  // The addresses of a mirror are this run's, not the repository's.
  writeFileSync(file, `${JSON.stringify({...pinned, mirror: shipped.mirror, api: shipped.api}, null, 2)}\n`)
  const versions = Object.entries(pinned.tools).map(([tool, {version}]) => [tool, version])
  console.log(json ? JSON.stringify(Object.fromEntries(versions)) : `${relative(process.cwd(), file)}: ${versions.map((each) => each.join(' ')).join(', ')}`)
}

const main = async (): Promise<number> => {
  const {values} = parseArgs({options})
  if (values.help) {
    console.log(usage)
    return 0
  }
  const shipped = JSON.parse(readFileSync(values.releases, 'utf8')) as Releases
  const releases = {...shipped, mirror: values.mirror ?? shipped.mirror, api: values.api ?? shipped.api}
  await (values.pin === undefined ? make(releases, values) : repin(releases, shipped, {pins: values.pin, file: values.releases, json: values.json}))
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
