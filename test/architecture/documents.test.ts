import {existsSync, globSync} from 'node:fs'
import {posix} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {read} from './sources'

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...globSync('{docs,local,build,terraform}/**/*.md', {exclude: (path) => path.includes('.terraform')})].sort()
const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>}

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-')

const anchorsIn = (path: string): string[] => read(path).split('\n').filter((line) => /^#{1,6} /.test(line)).map((line) => anchorOf(line.replace(/^#+ /, '')))

const localLinks = (path: string): string[] =>
  [...withoutCode(read(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^(https?|mailto):/.test(link))

const isDead = (path: string) => (link: string): boolean => {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? path : posix.join(posix.dirname(path), file)
  return !existsSync(target) || (anchor !== undefined && !anchorsIn(target).includes(anchor))
}

/** Scripts that a text asks the reader to run. */
const namedScripts = (text: string): string[] => [
  ...[...text.matchAll(/npm run (?:--?\w+ )*([\w:-]+)/g)].map(([, name]) => name!),
  ...[...text.matchAll(/npm (start|test)\b/g)].map(([, name]) => name!)
]

describe.each(documents)('%s', (path) => {
  it('links only to what is there', () => {
    expect(localLinks(path).filter(isDead(path))).toEqual([])
  })

  it('names only scripts of package.json', () => {
    expect(namedScripts(read(path)).filter((name) => !(name in scripts))).toEqual([])
  })

  it('names only folders and files that are there, where it begins a path at the root', () => {
    const named = [...read(path).matchAll(/`((?:src|local|build|test|terraform|docs)\/[\w./-]*\w)`/g)].map(([, name]) => name!)
    expect(named.filter((name) => !existsSync(name) && !existsSync(`${name}.ts`))).toEqual([])
  })
})

describe('README.md', () => {
  it('has at most 120 lines', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120)
  })

  it('begins with the two commands', () => {
    expect(/```bash\n([\s\S]*?)```/.exec(read('README.md'))?.[1]).toBe('npm ci\nnpm run demo\n')
  })
})

describe('docs/adr', () => {
  const records = globSync('docs/adr/*.md').map((path) => posix.basename(path)).filter((name) => /^\d{4}-/.test(name) && name !== '0000-template.md').sort()

  it('numbers its records without a gap, and lists each with its title', () => {
    const entries = records.map((name) => `${read(`docs/adr/${name}`).split('\n')[0]!.replace(/^# (\d+)\. (.*)$/, '$1. [$2]')}(${name})`)
    expect(records.map((name) => Number(name.slice(0, 4)))).toEqual(records.map((_, index) => index + 1))
    expect(read('docs/adr/README.md').split('\n').filter((line) => /^\d+\./.test(line))).toEqual(entries)
  })

  it('says of each place where the guide errs what is done instead, with a record or a test', () => {
    const rows = [...read('docs/adr/README.md').matchAll(/^\| (\d+) \| .+ \| (.+) \|$/gm)].map(([, number, instead]) => ({number: Number(number), instead: instead!}))
    expect(rows.map(({number}) => number)).toEqual(Array.from({length: 26}, (_, index) => index + 1))
    expect(rows.filter(({instead}) => !/\]\((\d{4}-[\w-]+\.md|\.\.\/.+\.test\.ts)\)/.test(instead))).toEqual([])
  })

  it.each(records)('%s has status, context, decision and consequences', (name) => {
    const text = read(`docs/adr/${name}`)
    expect(text).toMatch(/^Status: (accepted|superseded by \[\d+\]\([\w-]+\.md\)), \d{4}-\d\d-\d\d$/m)
    expect(text.match(/^## .*$/gm)).toEqual(['## Context', '## Decision', '## Consequences'])
  })
})

describe('.ci/run', () => {
  it('runs each step of the gate, and the integration tests', () => {
    const steps = [...namedScripts(scripts['check']!), 'test:integration']
    expect(steps.filter((name) => !new RegExp(`^ *step .*\\b${name}(?: -- .+)?$`, 'm').test(read('.ci/run')))).toEqual([])
  })
})

describe('Programs and scripts', () => {
  const run = (script: string): string[] => [...script.matchAll(/tsx (?:--[\w=-]+ )*([\w/.-]+\.ts)/g)].map(([, path]) => path!)

  it('are there for each script of package.json', () => {
    expect(Object.values(scripts).flatMap(run).filter((path) => !existsSync(path))).toEqual([])
  })
})
