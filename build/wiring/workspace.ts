import {cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export interface Workspace {
  readonly folder: string
  /** The copy of terraform/. */
  readonly terraform: string
  remove: () => void
}

const leftovers = new Set(['.terraform', 'backend.tf', 'terraform.tfstate', 'terraform.tfstate.backup'])

/** Puts the overrides of terraform/allow_destroy in force: what an emulator has been given is taken away again. */
const allowDestroy = (terraform: string): void => {
  const overrides = join(terraform, 'allow_destroy')
  for (const path of globSync('*/**/*.tf.txt', {cwd: overrides})) {
    const [, ...place] = path.slice(0, -'.txt'.length).split('/')
    mkdirSync(dirname(join(terraform, ...place)), {recursive: true})
    cpSync(join(overrides, path), join(terraform, ...place))
  }
}

/** A copy of the HCL and of what it reads, laid out as in the repository, so that no run leaves anything in the tree. */
export const makeWorkspace = (): Workspace => {
  const folder = mkdtempSync(join(tmpdir(), 'media-downloader-hcl-'))
  const terraform = join(folder, 'terraform')
  cpSync(join(root, 'terraform'), terraform, {recursive: true, filter: (path) => !leftovers.has(basename(path))})
  allowDestroy(terraform)
  mkdirSync(join(folder, 'src', 'types'), {recursive: true})
  symlinkSync(join(root, 'src', 'types', 'events'), join(folder, 'src', 'types', 'events'))
  symlinkSync(join(root, 'dist'), join(folder, 'dist'))
  return {folder, terraform, remove: () => rmSync(folder, {recursive: true, force: true})}
}
