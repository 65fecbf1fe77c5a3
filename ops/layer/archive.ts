import {zipSync, type Zippable} from 'fflate'

const unix = 3
const executable = 0o100755

/** A file of the layer. */
export interface Entry {
  readonly path: string
  readonly content: Uint8Array
}

/** A zip of executables that has the same bytes whenever and wherever it is made: sorted, one date, the same mode. */
export const archive = (entries: readonly Entry[]): Uint8Array => {
  const sorted = [...entries].sort((one, other) => one.path < other.path ? -1 : 1)
  // The zip has local time without a zone: the parts of a local date are the same everywhere.
  const options = {mtime: new Date(1980, 0, 1), os: unix, attrs: executable << 16, level: 6} as const
  const files: Zippable = Object.fromEntries(sorted.map(({path, content}) => [path, [content, options]]))
  return zipSync(files)
}
