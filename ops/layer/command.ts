import {writeFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {command, type Result} from '../../shared/cli/command'
import {many, keyword, path, text} from '../../shared/cli/option'
import {readJson} from '../../shared/read-json'
import {root} from '../program/root'
import {makeLayer} from './make'
import {pinAll} from './pin'
import {progressOn} from './progress'
import {architectures, type Releases} from './releases'

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`

interface Repin {
  readonly pins: readonly string[]
  readonly file: string
}

const repin = async (releases: Releases, shipped: Releases, {pins, file}: Repin): Promise<Result> => {
  const pinned = await pinAll(releases, pins)
  // The addresses of a mirror are this run's, not the repository's.
  writeFileSync(file, `${JSON.stringify({...pinned, mirror: shipped.mirror, api: shipped.api}, null, 2)}\n`)
  const versions = Object.entries(pinned.tools).map(([tool, {version}]) => [tool, version] as const)
  return {value: Object.fromEntries(versions), text: `${relative(process.cwd(), file)}: ${versions.map((each) => each.join(' ')).join(', ')}`}
}

export const layer = command({
  name: 'layer', summary: 'Fetches the pinned releases of yt-dlp and ffmpeg, verifies them and zips a Lambda layer.',
  notes: 'With --pin it writes another release and the SHA-256 that its publisher states into ops/layer/releases.json instead; what has no SHA-256\nyet gets one at the version that it names.',
  options: {
    arch: keyword('name', architectures, 'processor', 'arm64'),
    out: path('file', 'the layer (default: dist/layer/yt-dlp-<arch>.zip)'),
    pin: many('[tool=]version', 'another release; of yt-dlp if no tool is named'),
    mirror: text('url', 'where releases come from, by the same paths (default: LAYER_MIRROR, or https://github.com)'),
    api: text('url', 'where GitHub\'s descriptions of releases come from (default: LAYER_API, or https://api.github.com)'),
    releases: path('file', 'list of releases', join(root, 'ops', 'layer', 'releases.json'))
  },
  run: async ({arch, out, pin, releases: file, json, mirror = process.env.LAYER_MIRROR, api = process.env.LAYER_API}) => {
    const shipped = readJson<Releases>(file)
    const releases = {...shipped, mirror: mirror ?? shipped.mirror, api: api ?? shipped.api}
    if (pin.length > 0) {
      return repin(releases, shipped, {pins: pin, file})
    }
    const made = await makeLayer(releases, arch, out ?? join(root, 'dist', 'layer', `yt-dlp-${arch}.zip`), progressOn(process.stderr, json))
    const size = `${made.file}: ${megabytes(made.bytes)}, unzipped ${megabytes(made.unzippedBytes)}, sha256 ${made.sha256}`
    return {value: made, text: `${size}\nDeploy it: terraform -chdir=terraform apply -var yt_dlp_layer_zip=${relative(join(root, 'terraform'), made.file)}`}
  }
})
