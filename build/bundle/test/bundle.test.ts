import {createHash} from 'node:crypto'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, describe, expect, it} from '@jest/globals'
import {unzipSync} from 'fflate'
import {bundleAll} from '../bundle'
import {functionNames} from '../functions'

const folders: string[] = []
const longAgo = new Date('2025-01-01T00:00:00Z')

const put = (root: string, path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), {recursive: true})
  writeFileSync(join(root, path), text)
  utimesSync(join(root, path), longAgo, longAgo)
}

/** A repository of two functions that share a module and a CommonJS package. */
const repository = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'bundle-'))
  folders.push(root)
  put(root, 'package-lock.json', '{}')
  put(root, 'node_modules/old/index.js', 'const os = require("os"); module.exports = {home: () => os.homedir()}')
  put(root, 'node_modules/old/package.json', '{"name": "old", "main": "index.js"}')
  put(root, 'src/util/greet.ts', 'export class OddError extends Error {}\nexport const greet = (name: string): string => `hello ${name}`\n')
  put(root, 'src/lambdas/Two/src/index.ts', 'import {greet, OddError} from "../../../util/greet"\nexport const handler = async () => [greet("two"), OddError.name]\n')
  put(root, 'src/lambdas/One/src/index.ts', 'import old from "old"\nexport const handler = async () => old.home()\n')
  put(root, 'src/lambdas/Notes/README.md', 'No function here.')
  return root
}

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

afterEach(() => {
  folders.splice(0).forEach((folder) => rmSync(folder, {recursive: true, force: true}))
})

describe('bundleAll', () => {
  it('finds each folder with a src/index.ts', () => {
    expect(functionNames(repository())).toEqual(['One', 'Two'])
  })

  it('makes the same zip in another place at another time', async () => {
    const [here, there] = [repository(), repository()]
    await bundleAll(here)
    await bundleAll(there)
    expect(digest(join(there, 'dist/lambdas/Two.zip'))).toBe(digest(join(here, 'dist/lambdas/Two.zip')))
  })

  it('zips the module and its map, and tells their sizes', async () => {
    const root = repository()
    const sizes = await bundleAll(root)
    const entries = unzipSync(readFileSync(join(root, 'dist/lambdas/One.zip')))
    expect(Object.keys(entries)).toEqual(['index.mjs', 'index.mjs.map'])
    expect(Buffer.from(entries['index.mjs']!)).toEqual(readFileSync(join(root, 'dist/lambdas/One/index.mjs')))
    expect(sizes[0]).toEqual({name: 'One', bundle: entries['index.mjs']!.length, zip: statSync(join(root, 'dist/lambdas/One.zip')).size})
  })

  it('names our own sources alone in the map', async () => {
    const root = repository()
    await bundleAll(root)
    expect(JSON.parse(readFileSync(join(root, 'dist/lambdas/One/index.mjs.map'), 'utf8'))).toMatchObject({sources: ['../../../src/lambdas/One/src/index.ts'], names: []})
  })

  it('leaves a bundle alone whose inputs did not change', async () => {
    const root = repository()
    await bundleAll(root)
    const one = join(root, 'dist/lambdas/One/index.mjs')
    utimesSync(one, longAgo, longAgo)
    put(root, 'src/util/greet.ts', 'export class OddError extends Error {}\nexport const greet = (name: string): string => `good day ${name}`\n')
    await bundleAll(root)
    expect(statSync(one).mtime).toEqual(longAgo)
    expect(readFileSync(join(root, 'dist/lambdas/Two/index.mjs'), 'utf8')).toContain('good day')
  })

  it('builds again what someone deleted', async () => {
    const root = repository()
    await bundleAll(root)
    rmSync(join(root, 'dist/lambdas/One.zip'))
    await bundleAll(root)
    expect(statSync(join(root, 'dist/lambdas/One.zip')).size).toBeGreaterThan(0)
  })

  it('keeps the names of error classes', async () => {
    const root = repository()
    await bundleAll(root)
    expect(readFileSync(join(root, 'dist/lambdas/Two/index.mjs'), 'utf8')).toContain('"OddError"')
  })

  it('refuses a bundle that is too large and names its largest part', async () => {
    const root = repository()
    put(root, 'node_modules/old/index.js', `module.exports = {home: () => ${JSON.stringify('x'.repeat(1_400_000))}}`)
    await expect(bundleAll(root)).rejects.toThrow(/^Expected the bundle of One to be at most 1352 KB; it is 13[67]\d KB\. Its largest parts: old 13[67]\d KB/)
  })

  it('rejects with file and line where a function does not compile', async () => {
    const root = repository()
    put(root, 'src/lambdas/One/src/index.ts', 'import {gone} from "./gone"\nexport const handler = gone\n')
    await expect(bundleAll(root)).rejects.toThrow('src/lambdas/One/src/index.ts:1:19: ERROR: Could not resolve "./gone"')
  })

  it('builds from a folder that is reached by a link', async () => {
    const root = repository()
    const link = `${root}-link`
    symlinkSync(root, link)
    folders.push(link)
    await bundleAll(root)
    const direct = digest(join(root, 'dist/lambdas/Two.zip'))
    rmSync(join(root, 'dist'), {recursive: true})
    await bundleAll(link)
    expect(digest(join(root, 'dist/lambdas/Two.zip'))).toBe(direct)
  })
})
