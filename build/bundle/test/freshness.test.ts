import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {isFresh, remember, type Remembered} from '../freshness'

let root: string
let build: Remembered
const longAgo = new Date('2025-01-01T00:00:00Z')

const put = (path: string, text: string, time = longAgo): void => {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  writeFileSync(join(root, path), text)
  utimesSync(join(root, path), time, time)
}

const read = ['src/a.ts', 'node_modules/one/index.js', 'node_modules/two/index.js']

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'freshness-'))
  build = {root, stampFile: 'dist/.inputs.json', programs: ['build/*.ts'], files: ['dist/a.mjs']}
  for (const path of [...read, 'build/own.ts', 'dist/a.mjs']) {
    put(path, path)
  }
})

afterEach(() => { rmSync(root, {recursive: true, force: true}) })

const stamp = (): string => readFileSync(join(root, 'dist/.inputs.json'), 'utf8')

describe('freshness of a build', () => {
  it('is fresh once it is remembered, and not before', () => {
    expect(isFresh(build)).toBe(false)
    remember(build, read, ['dist/a.mjs'], Date.now())
    expect(isFresh(build)).toBe(true)
  })

  it.each(['src/a.ts', 'node_modules/two/index.js', 'build/own.ts', 'dist/a.mjs'])('is stale once %s has other bytes, even of the same number', (path) => {
    remember(build, read, ['dist/a.mjs'], Date.now())
    put(path, path.replace('s', 'z'), new Date('2025-01-02T00:00:00Z'))
    expect(isFresh(build)).toBe(false)
  })

  it('stays fresh if a file was written again with the same bytes, and remembers its time', () => {
    remember(build, read, ['dist/a.mjs'], Date.now())
    const before = stamp()
    put('src/a.ts', 'src/a.ts', new Date('2025-01-02T00:00:00Z'))
    expect(isFresh(build)).toBe(true)
    expect(stamp()).not.toBe(before)
    expect(stamp()).toContain(String(statSync(join(root, 'src/a.ts')).mtimeMs))
  })

  it('takes what npm wrote last for all that is installed', () => {
    put('node_modules/.package-lock.json', '{"lockfileVersion": 3}')
    remember(build, read, ['dist/a.mjs'], Date.now())
    expect(Object.keys(JSON.parse(stamp()) as object)).toEqual(['src/a.ts', 'node_modules/.package-lock.json', 'build/own.ts', 'dist/a.mjs'])
    put('node_modules/.package-lock.json', '{"lockfileVersion": 4}', new Date('2025-01-02T00:00:00Z'))
    expect(isFresh(build)).toBe(false)
  })

  it('is stale without what it must have written', () => {
    remember(build, read, ['dist/a.mjs'], Date.now())
    expect(isFresh({...build, files: ['dist/a.mjs', 'dist/b.mjs']})).toBe(false)
  })

  it('remembers nothing where a file changed since the build began', () => {
    remember(build, read, ['dist/a.mjs'], longAgo.getTime())
    expect(isFresh(build)).toBe(false)
  })
})
