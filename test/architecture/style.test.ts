import {existsSync, globSync, readdirSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import ts from 'typescript'
import {programFiles, read, trackedFiles} from './sources'

const folders = (path: string): string[] => readdirSync(path, {withFileTypes: true}).filter((entry) => entry.isDirectory()).map(({name}) => name)
const lambdas = folders('src/lambdas')
const events = folders('src/types/events')

const lineCount = (path: string): number => read(path).trimEnd().split('\n').length
const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!

const statements = (path: string): readonly ts.Statement[] => ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true).statements

describe('Files', () => {
  it('are at most 200 lines long', () => {
    expect(programFiles().filter((path) => lineCount(path) > 200)).toEqual([])
  })

  it('have a median of about 50 lines', () => {
    expect(median(programFiles().map(lineCount))).toBeLessThanOrEqual(60)
  })

  it('are no barrels: each has a statement of its own beside imports and re-exports', () => {
    const isPassing = (statement: ts.Statement): boolean => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
    const own = programFiles().filter((path) => !path.endsWith('.d.ts'))
    expect(own.filter((path) => statements(path).every(isPassing))).toEqual([])
  })

  it('name no path of someone\'s machine', () => {
    const machinePath = new RegExp(['work', 'root', 'home', 'Users'].map((folder) => `(?<![\\w.$}*-])/${folder}/[\\w.-]`).join('|'))
    const text = trackedFiles().filter((path) => existsSync(path) && !/\.(mp4|png|zip)$/.test(path))
    const lines = text.flatMap((path) => read(path).split('\n').map((line, index) => ({line, place: `${path}:${index + 1}`})))
    expect(lines.filter(({line}) => machinePath.test(line)).map(({place, line}) => `${place} ${line.trim().slice(0, 120)}`)).toEqual([])
  })

  it('come from no registry of someone\'s own', () => {
    const {packages} = JSON.parse(read('package-lock.json')) as {packages: Record<string, {resolved?: string, link?: boolean}>}
    // A link leads to a package of this repository.
    expect(Object.values(packages).flatMap(({resolved, link = false}) => resolved === undefined || link ? [] : [new URL(resolved).host])).toEqual([])
  })
})

describe('package-lock.json', () => {
  interface Locked {
    readonly optionalDependencies?: Readonly<Record<string, string>>
  }
  const {packages} = JSON.parse(read('package-lock.json')) as {packages: Readonly<Record<string, Locked>>}

  /** Node's way of looking: in the package's own node_modules, then in those above. */
  const isLocked = (folder: string, name: string): boolean => {
    const above = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : ''
    return `${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages || (folder !== '' && isLocked(above, name))
  }

  // A registry that lacks some of them lets npm drop them in silence, and npm ci then refuses the lock file everywhere.
  it('has the builds for every platform of each package that comes as such', () => {
    const missing = Object.entries(packages).flatMap(([folder, {optionalDependencies = {}}]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(folder, name)))
    expect(missing).toEqual([])
  })
})

describe.each(lambdas)('Lambda %s', (name) => {
  it('has its entry, its test and its HCL file under its own name', () => {
    const files = [`src/lambdas/${name}/src/index.ts`, `src/lambdas/${name}/test/index.test.ts`, `terraform/lambda_${name}.tf`]
    expect(files.filter((path) => !existsSync(path))).toEqual([])
  })

  it('has an entry of at most 80 lines with the handler last, its only export', () => {
    const path = `src/lambdas/${name}/src/index.ts`
    const exported = statements(path).filter((statement) => /^export\b/.test(statement.getText()))
    expect(lineCount(path)).toBeLessThanOrEqual(80)
    expect(exported).toEqual([statements(path).at(-1)])
    expect(exported[0]?.getText()).toMatch(/^export const handler\b/)
  })
})

it('has a Lambda for each HCL file of one', () => {
  expect(globSync('terraform/lambda_*.tf').map((path) => /lambda_(\w+)\.tf/.exec(path)![1]).sort()).toEqual([...lambdas].sort())
})

it.each(events)('Event %s has its schema and an example', (event) => {
  const examples = globSync(`src/types/events/${event}/examples/*.json`)
  expect({schema: existsSync(`src/types/events/${event}/schema.json`), hasExample: examples.length > 0}).toEqual({schema: true, hasExample: true})
})

it('has each rule in a file that is named for its event: event_<Event>.tf, and event_<Event>_<Consumer>.tf for each further consumer', () => {
  const named = globSync('terraform/event_*.tf').map((path) => ({path, event: /event_([A-Za-z0-9]+)(?:_\w+)?\.tf/.exec(path)![1]!}))
  const matched = named.map(({path}) => ({path, event: /module\.EventContracts\.events\["(\w+)"\]\.pattern/.exec(read(path))?.[1]}))
  expect(matched).toEqual(named)
  expect(named.filter(({event}) => !events.includes(event))).toEqual([])
})
