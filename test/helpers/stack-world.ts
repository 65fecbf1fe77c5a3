import {spawn} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {startFront} from '../../build/wiring/front'
import {mirrorArguments} from '../../build/wiring/mirror'
import {startMoto} from '../../build/wiring/moto'
import {emulatorEnvironment, providerOverride} from '../../build/wiring/provider'
import {terraformEnvironment} from '../../build/tofu/environment'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A checkout of its own with an account of its own: what an operator has on the first day. */
export interface StackWorld {
  /** The checkout; commands run here. */
  readonly folder: string
  /** Address of the account, for clients of one's own. */
  readonly endpoint: string
  /** Runs a command of `npm run ops --`. */
  ops: (args: readonly string[], more?: NodeJS.ProcessEnv) => Promise<Ran>
  /** Sets lines of an environment's file, as an editor would; undefined takes one out. Returns the file as it was. */
  edit: (environment: string, settings: Readonly<Record<string, string | undefined>>) => string
  restore: (environment: string, text: string) => void
  /** The functions' packages are there or not. */
  build: (isThere: boolean) => void
  stop: () => void
}

const root = join(import.meta.dirname, '..', '..')
const leftovers = new Set(['.terraform', '.terraform.lock.hcl', 'backend.tf', 'terraform.tfstate', 'terraform.tfstate.backup'])

const makeCheckout = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'media-downloader-stack-'))
  for (const name of ['terraform', 'ops', 'shared']) {
    cpSync(join(root, name), join(folder, name), {recursive: true, filter: (path) => !leftovers.has(basename(path))})
  }
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  mkdirSync(join(folder, 'src', 'types'), {recursive: true})
  mkdirSync(join(folder, 'dist'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  symlinkSync(join(root, 'src', 'types', 'events'), join(folder, 'src', 'types', 'events'))
  writeFileSync(join(folder, 'terraform', 'emulator_override.tf'), providerOverride())
  return folder
}

const runIn = (cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Ran> => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, ['--import', 'tsx', join(cwd, 'ops', 'main.ts'), ...args], {cwd, env, stdio: ['ignore', 'pipe', 'pipe']})
  const said = {stdout: '', stderr: ''}
  child.stdout.on('data', (chunk: Buffer) => { said.stdout += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { said.stderr += chunk.toString() })
  child.once('error', reject)
  child.once('close', (code) => resolve({code: code ?? 1, ...said}))
})

/** The text of a .tfvars file with settings of one line put in, replaced or taken out. */
export const withSettings = (text: string, settings: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(settings).reduce((file, [name, value]) => {
    const rest = file.split('\n').filter((line) => line !== '' && !new RegExp(`^${name} *=`).test(line))
    return `${[...rest, ...value === undefined ? [] : [`${name} = ${value}`]].join('\n')}\n`
  }, text)

/** Starts moto behind the front that the wiring uses too. */
export const startStackWorld = async (): Promise<StackWorld> => {
  const folder = makeCheckout()
  const moto = await startMoto()
  const front = await startFront(moto.port)
  const mirror = join(folder, 'mirror')
  mkdirSync(mirror)
  const env = {
    ...terraformEnvironment(emulatorEnvironment(front.url)), AWS_REGION: 'us-west-2', STATE_BUCKET: undefined,
    TF_CLI_ARGS_init: [...mirrorArguments(mirror), '-backend-config=use_path_style=true'].join(' ')
  }
  const file = (environment: string): string => join(folder, 'terraform', 'environments', `${environment}.tfvars`)
  const packages = join(folder, 'dist', 'lambdas')
  const build = (isThere: boolean): void => isThere ? symlinkSync(join(root, 'dist', 'lambdas'), packages) : unlinkSync(packages)
  build(true)
  return {
    folder,
    endpoint: front.url,
    ops: (args, more = {}) => runIn(folder, {...env, ...more}, args),
    edit: (environment, settings) => {
      const before = readFileSync(file(environment), 'utf8')
      writeFileSync(file(environment), withSettings(before, settings))
      return before
    },
    restore: (environment, text) => writeFileSync(file(environment), text),
    build,
    stop: () => {
      front.stop()
      moto.stop()
      rmSync(folder, {recursive: true, force: true})
    }
  }
}
