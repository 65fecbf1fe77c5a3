import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export interface Workspace {
  readonly folder: string
  /** The copy of terraform/. */
  readonly terraform: string
  remove(): void
}

const leftovers = new Set(['.terraform', 'backend.tf', 'terraform.tfstate', 'terraform.tfstate.backup'])

/** A copy of the HCL and of what it reads, laid out as in the repository, so that no run leaves anything in the tree. */
export const makeWorkspace = (): Workspace => {
  const folder = mkdtempSync(join(tmpdir(), 'media-downloader-hcl-'))
  const terraform = join(folder, 'terraform')
  cpSync(join(root, 'terraform'), terraform, {recursive: true, filter: (path) => !leftovers.has(basename(path))})
  mkdirSync(join(folder, 'src', 'types'), {recursive: true})
  symlinkSync(join(root, 'src', 'types', 'events'), join(folder, 'src', 'types', 'events'))
  symlinkSync(join(root, 'dist'), join(folder, 'dist'))
  return {folder, terraform, remove: () => rmSync(folder, {recursive: true, force: true})}
}
