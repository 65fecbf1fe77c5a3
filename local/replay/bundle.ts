import {statSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

/** What the functions of a shadow see of the world. */
export interface ShadowWorld {
  /** Epoch milliseconds. */
  now: () => number
  environment: () => Readonly<Record<string, string>>
  /** A command of a door, for example `getItem` of `AWS/DynamoDB`. */
  open: (door: string, command: string, args: readonly unknown[]) => unknown
}

export interface SourceError extends Error {
  readonly category: string
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>

/** The module that `npm run build` makes of every handler, without doors of its own. */
export interface ShadowBundle {
  readonly handlers: Readonly<Record<string, Handler>>
  readonly shadowWorld: {current: ShadowWorld | undefined}
  readonly NamedError: new (name: string, message: string, options?: {readonly availableAt?: string}) => SourceError
  readonly errorTable: Readonly<Record<string, {readonly category: string}>>
  readonly releaseMarginMilliseconds: number
  formatNamed: (name: string) => {readonly extension: string, readonly contentType: string} | undefined
  fileIdOf: (url: URL, preset?: unknown, audio?: unknown, record?: unknown) => string
  titleOf: (name: string | undefined, url: URL) => string
  deviceKey: (userId: string, deviceId: string) => Readonly<Record<string, string>>
  fileKey: (fileId: string) => Readonly<Record<string, string>>
  fileUserKey: (fileId: string, userId: string) => Readonly<Record<string, string>>
}

export const defaultShadow = join(import.meta.dirname, '..', '..', 'dist', 'shadow', 'index.mjs')

/** Loads the functions as they were built last. Throws if they were not. */
export const loadShadow = async (path: string = defaultShadow): Promise<ShadowBundle> => {
  const version = statSync(path, {throwIfNoEntry: false})?.mtimeMs
  if (version === undefined) {
    throw new Error(`Expected the functions' shadow at ${path}; there is none. Make it with npm run build.`)
  }
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- built from build/bundle/shadow.ts
  return import(`${pathToFileURL(path).href}?${version}`) as Promise<ShadowBundle>
}
