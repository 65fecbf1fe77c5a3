import {spawnSync} from 'node:child_process'
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

let root: string

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'start-'))
  mkdirSync(join(root, 'build'))
  copyFileSync('build/start.js', join(root, 'build/start.js'))
  put('package.json', '{"type": "module"}')
})

afterEach(() => { rmSync(root, {recursive: true, force: true}) })

const start = (...args: readonly string[]): {code: number | null, out: string, err: string} => {
  const {status, stdout, stderr} = spawnSync(process.execPath, [join(root, 'build/start.js'), ...args], {encoding: 'utf8'})
  return {code: status, out: stdout, err: stderr}
}

const program = (text: string): string => `console.log('${text}', ...process.argv.slice(2)); process.exitCode = 3`

const installBuild = (text: string): void => {
  put('node_modules/tsx/package.json', '{"name": "tsx", "type": "module", "exports": "./index.js"}')
  put('node_modules/tsx/index.js', '')
  put('build/bundle.ts', text)
}

const builds = 'import {writeFileSync, mkdirSync} from "node:fs"\nmkdirSync("dist/runtime", {recursive: true})\nconsole.log("said", process.argv[2])\n'
  + `writeFileSync("dist/runtime/main.mjs", ${JSON.stringify(program('built'))})`

describe('start', () => {
  it('runs what is built with the arguments and ends as it does', () => {
    put('dist/runtime/fresh.mjs', 'export const isBuilt = () => true')
    put('dist/runtime/main.mjs', program('main'))
    expect(start('main', '--port', '0')).toEqual({code: 3, out: 'main --port 0\n', err: ''})
  })

  it('builds first where nothing is, and keeps what that says out of the output', () => {
    installBuild(builds)
    expect(start('main', 'a')).toEqual({code: 3, out: 'built a\n', err: 'Something changed since the last build: building …\nsaid --quiet\n'})
  })

  it.each([
    ['something changed', 'export const isBuilt = () => false'],
    ['an earlier version left what does not know', 'export const isBuilt = () => { throw new Error("of before") }'],
    ['what decides is no module', 'export const = 1']
  ])('builds where %s', (_why, text) => {
    put('dist/runtime/fresh.mjs', text)
    put('dist/runtime/main.mjs', program('of before'))
    installBuild(builds)
    expect(start('main').out).toBe('built\n')
  })

  it('starts nothing where the build fails', () => {
    put('dist/runtime/main.mjs', program('of before'))
    installBuild('console.error("no way"); process.exitCode = 1')
    expect(start('main')).toEqual({code: 1, out: '', err: 'Something changed since the last build: building …\nno way\n'})
  })

  it('says what to do where the packages are not installed', () => {
    expect(start('main')).toEqual({code: 1, out: '', err: 'The packages are not installed. Run npm ci first.\n'})
  })
})
