import {cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {afterEach, describe, expect, it} from '@jest/globals'
import {buildConsole} from '../build'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, {recursive: true, force: true})))

const longAgo = new Date('2025-01-01T00:00:00Z')

const put = (root: string, path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), {recursive: true})
  writeFileSync(join(root, path), text)
  utimesSync(join(root, path), longAgo, longAgo)
}

/** A console of one page and one part that is loaded later. */
const repository = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'console-'))
  folders.push(root)
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  mkdirSync(join(root, 'ops/cost'), {recursive: true})
  cpSync('ops/cost/prices.json', join(root, 'ops/cost/prices.json'), {preserveTimestamps: true})
  utimesSync(join(root, 'ops/cost/prices.json'), longAgo, longAgo)
  put(root, 'package-lock.json', '{}')
  put(root, 'local/console/app/index.html', '<head>\n    <!-- parts -->\n</head>')
  put(root, 'local/console/app/icon.svg', '<svg/>')
  put(root, 'local/console/app/main.css', 'body { color: red }')
  put(root, 'local/console/app/later.tsx', 'export const later = () => <b>later</b>')
  put(root, 'local/console/app/main.tsx', 'import "./main.css"\nconsole.log(PRICES.items.events)\nvoid import("./later")')
  return root
}

const built = (root: string, pattern: string): string[] => globSync(`dist/console/${pattern}`, {cwd: root}).map((path) => path.slice('dist/console/'.length))

describe('buildConsole', () => {
  it('names its parts by what is in them, and names the first ones in the page', async () => {
    const root = repository()
    await buildConsole(root)
    const [[script], [style]] = [built(root, 'main-*.js'), built(root, 'main-*.css')]
    const page = readFileSync(join(root, 'dist/console/index.html'), 'utf8')
    expect(page).toContain(`<script type="module" src="/_console/${script}"></script>`)
    expect(page).toContain(`<link rel="stylesheet" href="/_console/${style}">`)
    expect(page).not.toMatch(/later|<style|<script>/)
    expect(built(root, 'later-*.js')).toHaveLength(1)
  })

  it('compresses each part, and tells the sizes', async () => {
    const root = repository()
    const parts = await buildConsole(root)
    const {name, bytes, zipped} = parts.find((part) => part.name.startsWith('main') && part.name.endsWith('.js'))!
    const path = join(root, 'dist/console', name)
    expect([bytes, zipped]).toEqual([statSync(path).size, statSync(`${path}.gz`).size])
    expect(gunzipSync(readFileSync(`${path}.gz`))).toEqual(readFileSync(path))
  })

  it('puts the price list in, a price for one', async () => {
    const root = repository()
    await buildConsole(root)
    const {prices: {events}} = JSON.parse(readFileSync('ops/cost/prices.json', 'utf8')) as {prices: {events: {usd: number, per: number}}}
    const scripts = built(root, '*.js').map((name) => readFileSync(join(root, 'dist/console', name), 'utf8')).join('\n')
    const [, price] = /\bevents:([\w.-]+)/.exec(scripts)!
    expect(Number(price)).toBe(events.usd / events.per)
  })

  it('builds again only where something changed, and leaves nothing of the earlier build', async () => {
    const root = repository()
    await buildConsole(root)
    const [script] = built(root, 'main-*.js')
    const before = statSync(join(root, 'dist/console/.inputs.json')).mtimeMs
    await buildConsole(root)
    expect(statSync(join(root, 'dist/console/.inputs.json')).mtimeMs).toBe(before)
    put(root, 'local/console/app/main.tsx', 'import "./main.css"\nconsole.log("other")')
    await buildConsole(root)
    expect(existsSync(join(root, 'dist/console', script!))).toBe(false)
    expect(built(root, 'main-*.js')).toHaveLength(1)
  })

  it('says where a mistake is', async () => {
    const root = repository()
    put(root, 'local/console/app/main.tsx', 'const = 1')
    await expect(buildConsole(root)).rejects.toThrow('local/console/app/main.tsx:1:6')
  })
})
