import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** The releases of OpenTofu that the HCL is checked with: the newest, and the oldest that the documents promise. */
export const releases = ['newest', 'oldest'] as const

export type Release = typeof releases[number]

export interface Pin {
  readonly version: string
  /** The Go module that names this release as its tool; its go.sum pins every byte. */
  readonly folder: string
}

/** The version of OpenTofu that `folder`, a Go module, pins, without `v`. Throws if its go.mod names none. */
export const pinIn = (folder: string): Pin => {
  const version = /^\s*(?:require )?github\.com\/opentofu\/opentofu v(\S+)/m.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1]
  if (version === undefined) {
    throw new Error(`${folder}/go.mod names no version of github.com/opentofu/opentofu: run go get -tool github.com/opentofu/opentofu/cmd/tofu@VERSION in it.`)
  }
  return {version, folder}
}

export const readPin = (release: Release): Pin => pinIn(join(import.meta.dirname, release))
