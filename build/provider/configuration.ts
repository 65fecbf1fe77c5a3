import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {parse} from '@cdktn/hcl2json'
import type {Kind} from './facts'

/** Body of a block as hcl2json gives it: nested blocks are lists of bodies, expressions are `${…}`. */
export type Body = Readonly<Record<string, unknown>>

/** A resource or data source of our HCL. */
export interface Block {
  readonly kind: Kind
  readonly type: string
  /** File and name, for sentences. */
  readonly place: string
  readonly body: Body
}

export interface Configuration {
  readonly blocks: readonly Block[]
  /** What expressions read of resources and data sources. */
  readonly reads: ReadonlyArray<{readonly kind: Kind, readonly type: string, readonly attribute: string, readonly place: string}>
}

interface File {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, readonly Body[]>>>>
  readonly data?: Readonly<Record<string, Readonly<Record<string, readonly Body[]>>>>
}

const blocksIn = (file: File, path: string, kind: Kind): Block[] => Object.entries(file[kind] ?? {}).filter(([type]) => type.startsWith('aws_'))
  .flatMap(([type, named]) => Object.entries(named).flatMap(([name, bodies]) => bodies.map((body) => ({kind, type, place: `${path}: ${type}.${name}`, body}))))

const readsIn = (text: string, place: string): Configuration['reads'] =>
  [...text.replace(/^\s*#.*$/gm, '').matchAll(/(?<![\w."/])(data\.)?(aws_\w+)\.\w+(?:\[[^\]]*\])?\.(\w+)/g)]
    .map(([, data, type = '', attribute = '']) => ({kind: data === undefined ? 'resource' as const : 'data' as const, type, attribute, place}))

/** Every resource and data source of the HCL below `folder`, without tests. */
export const readConfiguration = async (folder: string): Promise<Configuration> => {
  const paths = globSync('**/*.tf', {cwd: folder, exclude: (path) => /(^|\/)(tests|\.terraform)(\/|$)/.test(path)}).sort()
  const files = await Promise.all(paths.map(async (path) => {
    const text = readFileSync(join(folder, path), 'utf8')
    const file = await parse(path, text) as File
    return {blocks: [...blocksIn(file, path, 'resource'), ...blocksIn(file, path, 'data')], reads: readsIn(text, path)}
  }))
  return {blocks: files.flatMap(({blocks}) => blocks), reads: files.flatMap(({reads}) => reads)}
}
