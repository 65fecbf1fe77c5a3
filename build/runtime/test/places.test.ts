import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {build} from 'esbuild'
import {placesBanner, sourcePlaces} from '../places'

let root: string

beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'places-')) })
afterEach(() => { rmSync(root, {recursive: true, force: true}) })

const bundled = async (path: string, text: string): Promise<Record<string, unknown>> => {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  writeFileSync(join(root, path), text)
  await build({
    absWorkingDir: root, entryPoints: [path], outfile: join(root, 'dist/runtime/out.mjs'), bundle: true, format: 'esm', platform: 'node',
    banner: {js: placesBanner}, plugins: [sourcePlaces(root, join(root, 'dist/runtime'))]
  })
  return import(pathToFileURL(join(root, 'dist/runtime/out.mjs')).href) as Promise<Record<string, unknown>>
}

describe('the place of a source in a bundle', () => {
  it('is the folder of the source, not of the bundle', async () => {
    const {here} = await bundled('local/cli/a.ts', 'export const here: string = import.meta.dirname')
    expect(here).toBe(join(root, 'local/cli'))
  })

  it('is the address of the source, to which others are relative', async () => {
    const {here} = await bundled('shared/b.ts', 'export const here: string = new URL("./c.mjs", import.meta.url).href')
    expect(here).toBe(pathToFileURL(join(root, 'shared/c.mjs')).href)
  })
})
