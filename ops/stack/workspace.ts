import {chmodSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {root} from '../program/root'
import type {Category} from './guard'
import type {Place} from './state'

export interface Workspace {
  /** The copy of terraform/. */
  readonly terraform: string
  /** What OpenTofu keeps between runs: providers, and which backend it uses. */
  readonly data: string
}

/** What one machine has and another has not, and what would lift a guard by being forgotten. */
const isLeftOut = (path: string): boolean =>
  /^(\.terraform|tests|backend\.tf|terraform\.tfvars(\.json)?|.*\.auto\.tfvars(\.json)?|.*\.tfstate(\..*)?|.*\.tfplan|allow_destroy_\w+_override\.tf)$/.test(basename(path))

/** Files of variables beside the configuration that OpenTofu would take by itself, and that no plan of ours takes. */
export const variablesLeftOut = (): string[] =>
  globSync(['terraform.tfvars', 'terraform.tfvars.json', '*.auto.tfvars', '*.auto.tfvars.json'], {cwd: join(root, 'terraform')}).sort()

const backendConfig = (place: Place): string => place.kind === 'bucket'
  ? readFileSync(join(root, 'terraform', 'environments', 'backend.tf.s3'), 'utf8')
  : `terraform {\n  backend "local" {\n    path = ${JSON.stringify(place.path)}\n  }\n}\n`

const link = (target: string, path: string): void => {
  mkdirSync(dirname(path), {recursive: true})
  rmSync(path, {force: true})
  symlinkSync(target, path)
}

/** Puts the overrides in force that lift prevent_destroy of a kind, each if terraform/allow_destroy has it. */
const lift = (category: Category, terraform: string): void => {
  const overrides = join(root, 'terraform', 'allow_destroy', category)
  for (const path of globSync('**/*.tf.txt', {cwd: overrides})) {
    cpSync(join(overrides, path), join(terraform, path.slice(0, -'.txt'.length)))
  }
}

/**
 * A copy of the HCL for one environment, beside what the HCL reads, so that environments never share a backend, and that
 * no override which lifts a guard can be left in the tree.
 */
export const makeWorkspace = (name: string, place: Place, allowed: ReadonlySet<Category>): Workspace => {
  const folder = join(root, 'dist', 'ops', name)
  const terraform = join(folder, 'terraform')
  const lockFile = join(terraform, '.terraform.lock.hcl')
  const lock = existsSync(lockFile) ? readFileSync(lockFile) : undefined
  rmSync(terraform, {recursive: true, force: true})
  mkdirSync(folder, {recursive: true})
  chmodSync(folder, 0o700)
  cpSync(join(root, 'terraform'), terraform, {recursive: true, filter: (path) => !isLeftOut(path)})
  if (lock !== undefined && !existsSync(lockFile)) {
    writeFileSync(lockFile, lock)
  }
  link(join(root, 'dist'), join(folder, 'dist'))
  link(join(root, 'src', 'types', 'events'), join(folder, 'src', 'types', 'events'))
  writeFileSync(join(terraform, 'backend.tf'), backendConfig(place))
  allowed.forEach((category) => lift(category, terraform))
  return {terraform, data: join(folder, 'data')}
}
