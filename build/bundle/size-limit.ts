import type {Bundle} from './compile'

/** Bytes. A larger bundle means a slower cold start; ours are far below Lambda's own limit. */
export const sizeLimit = 1352 * 1024

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1024)} KB`

/** `node_modules/@aws-sdk/client-s3/…` belongs to `@aws-sdk/client-s3`, a file of ours to its folder. */
const findOwner = (path: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split('/').slice(0, -1).join('/')

const largestOwners = (parts: Bundle['parts']): string[] => {
  const sizes = new Map<string, number>()
  for (const [path, bytes] of Object.entries(parts)) {
    sizes.set(findOwner(path), (sizes.get(findOwner(path)) ?? 0) + bytes)
  }
  return [...sizes].sort(([, one], [, other]) => other - one).slice(0, 5).map(([owner, bytes]) => `${owner} ${kilobytes(bytes)}`)
}

/** One sentence for each bundle over the limit, with what it is made of. */
export const oversized = (bundles: readonly Bundle[], limit = sizeLimit): string[] =>
  bundles.filter(({code}) => code.length > limit).map(({name, code, parts}) =>
    `Expected the bundle of ${name} to be at most ${kilobytes(limit)}; it is ${kilobytes(code.length)}. Its largest parts: ${largestOwners(parts).join(', ')}.`)
