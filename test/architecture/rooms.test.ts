import {describe, expect, it} from '@jest/globals'
import {existsSync} from 'node:fs'
import {programsOnly, readGraph, roomGraph, roomOf} from './room-graph'
import {picturePage} from './room-picture'
import {read, trackedFiles} from './sources'

const files = readGraph()
const graph = programsOnly(files)
const rooms = roomGraph(graph)

const withoutName = (room: string): string => room.replace(/^src\/lambdas\/.*/, 'a Lambda')

/** `@scope/name/sub` and `name/sub` belong to the package `@scope/name` and `name`. */
const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')

const packagesOf = (paths: readonly string[]): string[] => {
  const values = paths.flatMap((path) => graph.get(path)!).filter(({target, isType, specifier}) => target === undefined && !isType && !specifier.startsWith('node:'))
  return [...new Set(values.map(({specifier}) => packageOf(specifier)))].sort()
}

/** The first way from a node of a graph back to itself, or undefined. */
const cycleFrom = (start: string, targets: (node: string) => readonly string[]): string[] | undefined => {
  const visited = new Set<string>()
  const walk = (node: string, way: readonly string[]): string[] | undefined => {
    for (const target of targets(node)) {
      const found = target === start ? [...way, start] : visited.has(target) ? undefined : walk(target, [...way, target])
      visited.add(target)
      if (found !== undefined) {
        return found
      }
    }
    return undefined
  }
  return walk(start, [start])
}

const targetsOf = (path: string): string[] => (files.get(path) ?? []).flatMap(({target}) => target ?? [])

describe('The import graph', () => {
  it('has a file at the end of every relative import', () => {
    const missing = [...graph].flatMap(([path, imports]) => imports.filter(({target}) => target !== undefined && !existsSync(target)).map(({specifier}) => `${path}: ${specifier}`))
    expect(missing).toEqual([])
  })

  it('leads from room to room of src as the table says', () => {
    const edges = [...graph].filter(([path]) => path.startsWith('src/')).flatMap(([path, imports]) => imports
      .filter(({target}) => target !== undefined && roomOf(target) !== roomOf(path))
      .map(({target}) => `${withoutName(roomOf(path))} → ${withoutName(roomOf(target!))}`))
    expect([...new Set(edges)].sort()).toEqual([
      'a Lambda → src/lib/http',
      'a Lambda → src/lib/vendor',
      'a Lambda → src/lib/yt-dlp',
      'a Lambda → src/types',
      'a Lambda → src/util',
      'a Lambda → src/util/events',
      'a Lambda → src/util/files',
      'a Lambda → src/util/hosts',
      'a Lambda → src/util/media',
      'a Lambda → src/util/sources',
      'a Lambda → src/util/transfer',
      'src/lib/http → src/lib/vendor',
      'src/lib/http → src/util',
      'src/lib/vendor → src/types',
      'src/lib/yt-dlp → src/lib/http',
      'src/lib/yt-dlp → src/types',
      'src/lib/yt-dlp → src/util',
      'src/util → src/lib/vendor',
      'src/util → src/types',
      'src/util/events → src/lib/vendor',
      'src/util/events → src/types',
      'src/util/events → src/util',
      'src/util/files → src/lib/vendor',
      'src/util/files → src/types',
      'src/util/files → src/util',
      'src/util/hosts → src/lib/vendor',
      'src/util/hosts → src/util',
      'src/util/hosts → src/util/files',
      'src/util/hosts → src/util/media',
      'src/util/hosts → src/util/sources',
      'src/util/media → src/types',
      'src/util/media → src/util',
      'src/util/sources → src/lib/http',
      'src/util/sources → src/lib/vendor',
      'src/util/sources → src/lib/yt-dlp',
      'src/util/sources → src/types',
      'src/util/sources → src/util',
      'src/util/sources → src/util/media',
      'src/util/transfer → src/lib/vendor',
      'src/util/transfer → src/types',
      'src/util/transfer → src/util',
      'src/util/transfer → src/util/events',
      'src/util/transfer → src/util/files',
      'src/util/transfer → src/util/media',
      'src/util/transfer → src/util/sources'
    ])
  })

  it('has no circle of files, types included', () => {
    expect([...files.keys()].map((path) => cycleFrom(path, targetsOf)).filter((cycle) => cycle !== undefined)).toEqual([])
  })

  it('has no circle of rooms', () => {
    expect([...rooms.keys()].map((room) => cycleFrom(room, (node) => [...rooms.get(node) ?? []])).filter((cycle) => cycle !== undefined)).toEqual([])
  })

  it('is drawn in docs/rooms.md: npm run rooms:docs draws it again', () => {
    expect(read('docs/rooms.md')).toBe(picturePage(rooms))
  })

  it('reaches every door from some Lambda', () => {
    const reached = new Set([...graph.keys()].filter((path) => /^src\/lambdas\/[^/]+\/src\/index\.ts$/.test(path)))
    for (const path of reached) {
      graph.get(path)?.forEach(({target}) => target !== undefined && reached.add(target))
    }
    const src = [...graph.keys()].filter((path) => path.startsWith('src/') && !path.endsWith('.d.ts'))
    expect(src.filter((path) => !reached.has(path)).sort()).toEqual([])
  })

  it('brings into the bundles just the packages that package.json lists as dependencies, all by a door', () => {
    const {dependencies} = JSON.parse(read('package.json')) as {dependencies: Record<string, string>}
    const packages = packagesOf([...graph.keys()].filter((path) => path.startsWith('src/')))
    expect(packages).toEqual(Object.keys(dependencies).sort())
    expect(packages).toEqual(packagesOf([...graph.keys()].filter((path) => path.startsWith('src/lib/'))))
  })
})

/** Folders that are rooms: those below src, its lib and util, and local; elsewhere those at the root, and each package. */
const foldersOf = (paths: readonly string[]): string[] => [...new Set(paths.filter((path) => path.includes('/') && !path.startsWith('.')).map((path) =>
  /^src\/lambdas\//.test(path) ? 'src/lambdas/<Name>' : /^(src\/(?:lib|util)\/[^/]+(?=\/)|(?:src|local|packages)\/[^/]+(?=\/)|[^/]+)/.exec(path)![0]))]

describe('The table of rooms in CONTRIBUTING.md', () => {
  it('is the tree', () => {
    const table = [...read('CONTRIBUTING.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, room]) => room!)
    // Tests of the top of util, and the wiring, lie beside their rooms.
    const tree = foldersOf(trackedFiles()).filter((folder) => !/\/test$/.test(folder) && folder !== 'local')
    expect(table.toSorted()).toEqual(tree.toSorted())
  })
})

describe('package.json', () => {
  it('lists no development dependency that no one uses', () => {
    const {devDependencies, scripts} = JSON.parse(read('package.json')) as Record<'devDependencies' | 'scripts', Record<string, string>>
    const imported = [...files.values()].flatMap((imports) => imports.map(({specifier}) => packageOf(specifier)))
    // Asked for by @swc/jest.
    const peers = ['@swc/core']
    const elsewhere = [...Object.values(scripts), ...['eslint.config.js', 'jest.config.js', 'stryker.config.js', 'tsconfig.json', 'test/jest/longest-first.js'].map(read)].join('\n')
    const isUsed = (name: string): boolean => imported.includes(name) || elsewhere.includes(name.replace('@types/', ''))
      || imported.includes(name.replace('@types/', ''))
    expect(Object.keys(devDependencies).filter((name) => !isUsed(name) && !peers.includes(name))).toEqual([])
  })
})
