import {existsSync, readdirSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import semver from 'semver'
import {parse} from 'yaml'
import {read} from './sources'

interface Locked {
  readonly engines?: {readonly node?: string}
  readonly optional?: boolean
}

const manifest = JSON.parse(read('package.json')) as {version: string, license: string, engines: {node: string}} & Record<'dependencies' | 'devDependencies', Record<string, string>>
const {packages} = JSON.parse(read('package-lock.json')) as {packages: Readonly<Record<string, Locked>>}

/** The oldest of each line that people have, and what is current. */
const promised = ['20.19.0', '20.20.2', '22.13.0', '22.23.3', '24.0.0', '24.11.0']

describe('engines', () => {
  // npm warns of each on the very first command.
  it.each(promised)('of every package that is installed accept Node %s', (version) => {
    expect(Object.entries(packages).filter(([, {engines}]) => !semver.satisfies(version, engines?.node ?? '*')).map(([path]) => path)).toEqual([])
  })

  it.each(['18.20.8', '20.18.0', '22.12.0', '23.1.0'])('refuse Node %s, as some of them do', (version) => {
    expect(semver.satisfies(version, manifest.engines.node)).toBe(false)
    expect(Object.entries(packages).filter(([path, {engines}]) => path !== '' && !semver.satisfies(version, engines?.node ?? '*'))).not.toEqual([])
  })

  it('are those that the README names', () => {
    expect(read('README.md')).toMatch('Needs Node.js 20.19, 22.13, 24 or newer')
  })

  it('have one Node for all work: that of .nvmrc, of the workflows and of the package node', () => {
    const major = read('.nvmrc').trim()
    const workflows = readdirSync('.github/workflows').map((name) => read(`.github/workflows/${name}`)).join('\n')
    expect(new Set(workflows.match(/node-version: .*/g))).toEqual(new Set([`node-version: ${major}`]))
    expect([manifest.devDependencies['node'], manifest.devDependencies['@types/node']].map((range) => semver.minVersion(range!)!.major)).toEqual([Number(major), Number(major)])
  })
})

describe('Dependabot', () => {
  interface Update {
    readonly 'package-ecosystem': string
    readonly directory?: string
    readonly directories?: readonly string[]
    readonly ignore?: ReadonlyArray<{readonly 'dependency-name': string, readonly versions: readonly string[]}>
  }
  const {updates} = parse(read('.github/dependabot.yml')) as {updates: readonly Update[]}
  const ignored = updates.flatMap(({ignore = []}) => ignore)

  it('looks at every folder of packages, and at the workflows', () => {
    const folders = updates.flatMap(({'package-ecosystem': ecosystem, directory, directories = [directory!]}) => ecosystem === 'npm' ? directories : [])
    expect(folders.filter((folder) => !existsSync(`.${folder}/package-lock.json`))).toEqual([])
    expect(folders).toEqual(expect.arrayContaining(['/', '/test/oracle']))
    expect(updates.map(({'package-ecosystem': ecosystem}) => ecosystem)).toContain('github-actions')
  })

  it('leaves alone what is held back, and only versions that are not in use', () => {
    const all = {...manifest.dependencies, ...manifest.devDependencies}
    expect(ignored.map(({'dependency-name': name}) => name).sort()).toEqual(['@types/node', 'content-disposition', 'node', 'typescript'])
    for (const {'dependency-name': name, versions} of ignored) {
      expect([name, semver.intersects(all[name]!, versions.join(' || '))]).toEqual([name, false])
    }
  })

  it('brings no TypeScript that typescript-eslint does not take', () => {
    const {peerDependencies} = JSON.parse(read('node_modules/typescript-eslint/package.json')) as {peerDependencies: Record<string, string>}
    const {versions} = ignored.find(({'dependency-name': name}) => name === 'typescript')!
    expect(semver.satisfies('6.0.99', peerDependencies['typescript']!)).toBe(true)
    expect(semver.satisfies('6.1.0', versions[0]!)).toBe(true)
    expect(semver.satisfies('6.0.99', versions[0]!)).toBe(false)
  })
})

describe('Releases', () => {
  const changelog = read('CHANGELOG.md')
  /** By it release-please finds the newest version, above which the next one goes: src/updaters/changelog.ts. */
  const newest = /\n###? v?[0-9[]/

  it('are counted alike by package.json, by the manifest, by the lock file and by the newest heading of the changelog', () => {
    const heading = /^## \[?(\d+\.\d+\.\d+)\b.* \(\d{4}-\d\d-\d\d\)$/m.exec(changelog)
    const lock = JSON.parse(read('package-lock.json')) as {version: string}
    expect([heading?.[1], lock.version, (JSON.parse(read('.release-please-manifest.json')) as Record<string, string>)['.']]).toEqual(Array(3).fill(manifest.version))
    expect(changelog.search(newest)).toBe(heading!.index - 1)
  })

  it('have a heading each, and nothing that is not released', () => {
    expect(changelog.match(/^## .*$/gm)!.filter((line) => !/^## \[?\d+\.\d+\.\d+(\]\(\S+\))? \(\d{4}-\d\d-\d\d\)$/.test(line))).toEqual([])
  })
})

describe('VS Code', () => {
  interface Tasks {
    readonly tasks: ReadonlyArray<{readonly label: string, readonly script?: string, readonly command?: string}>
    readonly inputs: ReadonlyArray<{readonly id: string, readonly options: readonly string[]}>
  }
  const {tasks, inputs} = JSON.parse(read('.vscode/tasks.json')) as Tasks
  const {configurations} = JSON.parse(read('.vscode/launch.json')) as {configurations: ReadonlyArray<{preLaunchTask: string, port: number}>}

  it('offers every function to the debugger', () => {
    expect(inputs.find(({id}) => id === 'function')!.options).toEqual(readdirSync('src/lambdas').sort())
  })

  it('starts the runtime with the port that it attaches to', () => {
    const [{preLaunchTask, port}] = configurations as [{preLaunchTask: string, port: number}]
    expect(tasks.find(({label}) => label === preLaunchTask)!.command).toContain(`=${port}`)
  })

  it('runs scripts of package.json', () => {
    const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>}
    const named = tasks.map(({script, command}) => script ?? /^npm run ([\w:-]+)/.exec(command!)?.[1])
    expect(named.filter((name) => !(name! in scripts))).toEqual([])
  })
})

describe('LICENSE', () => {
  it('is the one that package.json names', () => {
    expect(read('LICENSE').split('\n')[0]).toBe(`${manifest.license} License`)
  })
})
