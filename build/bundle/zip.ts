import {type Zippable, zipSync} from 'fflate'

/** Zip times have no zone: local parts in, local parts out. Noon exists on that day everywhere. */
const mtime = new Date(1980, 0, 1, 12)
const unix = 3
const regularFile0644 = (0o100644 << 16) >>> 0

/** A zip with the same bytes on every machine for the same files: Terraform sees a change only if there is one. */
export const zip = (files: Readonly<Record<string, Uint8Array>>): Uint8Array => {
  const entries = Object.keys(files).sort().map((name): [string, Zippable[string]] => [name, files[name]!])
  return zipSync(Object.fromEntries(entries), {level: 9, mtime, os: unix, attrs: regularFile0644})
}
