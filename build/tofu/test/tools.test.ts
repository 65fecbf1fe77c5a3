import {chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {buildTofu, NoGoError} from '../build'
import {cacheFolder, programPath} from '../cache'
import {pinIn, readPin, releases} from '../pin'
import {everyTool, pinnedTofu, preferredTool} from '../tools'

const shipped = {path: process.env.PATH, cache: process.env.XDG_CACHE_HOME}
let folder = ''

/** A program on a PATH that holds nothing else but the shell. */
const program = (name: string, script: string, at = join(folder, 'bin')): void => {
  mkdirSync(at, {recursive: true})
  writeFileSync(join(at, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(at, name), 0o755)
}
const tool = (name: string, says: string, at?: string): void => program(name, `echo '${says}'`, at)
const built = (version: string): void => tool('tofu', `OpenTofu v${version}`, dirname(programPath(version)))
/** Compiles to a script that says it is this version. */
const go = (version: string): void => program('go', [
  'case "$1" in',
  'version) echo go version go1.26.6 ;;',
  'list) echo one; echo two ;;',
  `build) for last; do [ "$previous" = -o ] && out=$last; previous=$last; done; printf '#!/bin/sh\\necho OpenTofu v${version}\\n' > "$out"; /bin/chmod +x "$out" ;;`,
  'esac'
].join('\n'))
const collected = (): {lines: string[], say: (line: string) => void} => {
  const lines: string[] = []
  return {lines, say: (line) => void lines.push(line)}
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tofu-'))
  mkdirSync(join(folder, 'bin'))
  process.env.PATH = join(folder, 'bin')
  process.env.XDG_CACHE_HOME = join(folder, 'cache')
})

afterEach(() => {
  process.env.PATH = shipped.path
  delete process.env.XDG_CACHE_HOME
  Object.assign(process.env, shipped.cache === undefined ? {} : {XDG_CACHE_HOME: shipped.cache})
  rmSync(folder, {recursive: true})
})

describe('the pins', () => {
  it('are the newest release and the oldest that the HCL promises', () => {
    const required = /required_version = ">= ([\d.]+)"/.exec(readFileSync('terraform/versions.tf', 'utf8'))![1]!
    const [newest, oldest] = releases.map((release) => readPin(release).version)
    expect(oldest!.startsWith(`${required}.`)).toBe(true)
    expect(newest!.localeCompare(oldest!, 'en', {numeric: true})).toBe(1)
  })

  it('repeat the replacement of OpenTofu\'s own go.mod, which Go takes of the main module alone', () => {
    expect(releases.map((release) => /^replace github\.com\/hashicorp\/hcl\/v2 \S+ => github\.com\/opentofu\/hcl\/v2 /m.test(readFileSync(join(readPin(release).folder, 'go.mod'), 'utf8'))))
      .toEqual([true, true])
  })

  it.each([['in a block', 'require (\n\tgithub.com/opentofu/opentofu v1.99.3 // indirect\n)'], ['on a line', 'require github.com/opentofu/opentofu v1.99.3']])('are read %s', (_where, text) => {
    writeFileSync(join(folder, 'go.mod'), text)
    expect(pinIn(folder).version).toBe('1.99.3')
  })

  it('say what to do where there is none', () => {
    writeFileSync(join(folder, 'go.mod'), 'module x\n')
    expect(() => pinIn(folder)).toThrow('go get -tool')
  })
})

describe('the cache', () => {
  it('is outside the checkout, by version, and takes no relative XDG_CACHE_HOME', () => {
    expect(programPath('1.2.3', cacheFolder({XDG_CACHE_HOME: '/var/cache'}))).toBe('/var/cache/media-downloader/tofu/1.2.3/tofu')
    expect(cacheFolder({XDG_CACHE_HOME: 'here'})).toMatch(/\/\.cache\/media-downloader$/)
    expect(cacheFolder({})).toBe(cacheFolder({XDG_CACHE_HOME: ''}))
  })

  it('gets a release once', async () => {
    const {version} = readPin('newest')
    go(version)
    const {lines, say} = collected()
    expect(await pinnedTofu('newest', say)).toEqual({kind: 'OpenTofu', version, program: programPath(version)})
    expect(lines).toEqual([expect.stringMatching(/^Building OpenTofu .* once; /), `OpenTofu ${version} is built.`])
    expect(await pinnedTofu('newest', say)).toEqual({kind: 'OpenTofu', version, program: programPath(version)})
    expect(lines).toHaveLength(2)
  })

  it.each([['go1.19.8', true], ['go1.20', true], ['go1.21.0', false], ['go2.0', false]])('by %s is refused because it is too old to fetch another Go: %s', async (said, isRefused) => {
    const {version} = readPin('newest')
    go(version)
    program('go', readFileSync(join(folder, 'bin', 'go'), 'utf8').replace('#!/bin/sh\n', '').replace('go1.26.6', `${said} linux/amd64`))
    const refusal = await buildTofu(readPin('newest'), () => undefined).then(() => undefined, (error: unknown) => error)
    expect(refusal instanceof NoGoError).toBe(isRefused)
    expect((refusal as Error | undefined)?.message).toEqual(isRefused
      ? `OpenTofu ${version} is not built here: this is go version ${said} linux/amd64, and Go fetches the one that is needed from 1.21 on. Install a newer Go from https://go.dev/dl.`
      : undefined)
  })

  it('gets nothing that says it is another version, and keeps nothing half done', async () => {
    go('0.0.1')
    await expect(buildTofu(readPin('oldest'), () => undefined)).rejects.toThrow(`is not OpenTofu ${readPin('oldest').version}; it says:\nOpenTofu v0.0.1`)
    expect(readdirSync(dirname(programPath(readPin('oldest').version)))).toEqual([])
  })

  it('is not made where Go is missing or too old', async () => {
    await expect(buildTofu(readPin('newest'), () => undefined)).rejects.toThrow(new NoGoError(`OpenTofu ${readPin('newest').version} is not built here, as it needs Go: there is no go on PATH.`))
    program('go', 'echo "go: go.mod requires go >= 1.26.6 (running go 1.19.8; GOTOOLCHAIN=local)" >&2; exit 1')
    await expect(buildTofu(readPin('newest'), () => undefined)).rejects.toThrow(/needs Go: go\.mod requires go >= 1\.26\.6 \(running go 1\.19\.8; GOTOOLCHAIN=local\)\.$/)
    expect(existsSync(dirname(programPath(readPin('newest').version)))).toBe(false)
  })
})

describe('the preferred tool', () => {
  it('is tofu on PATH, else the built one, else terraform', () => {
    tool('terraform', 'Terraform v1.11.4')
    expect(preferredTool()).toEqual({kind: 'Terraform', version: '1.11.4', program: 'terraform'})
    const {version} = readPin('newest')
    built(version)
    expect(preferredTool()).toEqual({kind: 'OpenTofu', version, program: programPath(version)})
    tool('tofu', 'OpenTofu v1.11.9')
    expect(preferredTool()).toEqual({kind: 'OpenTofu', version: '1.11.9', program: 'tofu'})
  })

  it('is asked for where there is none', () => {
    program('tofu', 'exit 1')
    expect(() => preferredTool()).toThrow(/^Neither tofu \(1\.10 or newer\) nor terraform \(1\.11 or newer\) is on PATH: install one/)
  })
})

describe('every tool', () => {
  const required = {isTofuRequired: true, say: () => undefined}

  it('is Terraform and both releases', async () => {
    tool('terraform', 'Terraform v1.11.4')
    releases.forEach((release) => built(readPin(release).version))
    const {all, oldest} = await everyTool(required)
    expect([...all, oldest].map((each) => `${each?.kind} ${each?.version}`)).toEqual(['Terraform 1.11.4', `OpenTofu ${readPin('newest').version}`, `OpenTofu ${readPin('oldest').version}`])
  })

  it('is Terraform alone, with a sentence about it, where OpenTofu cannot be built', async () => {
    tool('terraform', 'Terraform v1.11.4')
    const {lines, say} = collected()
    expect(await everyTool({isTofuRequired: false, say})).toEqual({all: [{kind: 'Terraform', version: '1.11.4', program: 'terraform'}], oldest: undefined})
    expect(lines).toEqual([`OpenTofu ${readPin('newest').version} is not built here, as it needs Go: there is no go on PATH. Checking with Terraform 1.11.4 alone.`])
  })

  it('is an error there in the gate', async () => {
    tool('terraform', 'Terraform v1.11.4')
    await expect(everyTool(required)).rejects.toThrow(NoGoError)
  })

  it('takes an OpenTofu of another version on PATH where the pinned one cannot be built', async () => {
    tool('tofu', 'OpenTofu v1.11.9')
    expect((await everyTool({isTofuRequired: false, say: () => undefined})).all).toEqual([{kind: 'OpenTofu', version: '1.11.9', program: 'tofu'}])
  })
})
