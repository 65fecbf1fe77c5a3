import {join} from 'node:path'
import {readJson} from '../../shared/read-json'

/** What a block of a resource, or the resource itself, may have. */
export interface Shape {
  readonly arguments: Readonly<Record<string, 'required' | 'optional'>>
  readonly blocks: Readonly<Record<string, Shape>>
  /** Arguments and blocks that the provider warns of, with what it says. */
  readonly deprecated: Readonly<Record<string, string>>
  /** What can be read of it; of the outermost shape alone. */
  readonly attributes?: readonly string[]
}

export type Kind = 'resource' | 'data'

/** What published bindings say of the resources and data sources that our HCL uses. */
export interface Facts {
  /** Version of hashicorp/aws that the bindings were made of. */
  readonly provider: string
  /** npm packages, with version, that this was read from. */
  readonly sources: {readonly shapes: string, readonly deprecations: string}
  readonly resource: Readonly<Record<string, Shape>>
  readonly data: Readonly<Record<string, Shape>>
}

export const factsFile = join(import.meta.dirname, 'facts.json')

export const readFacts = (): Facts => readJson<Facts>(factsFile)
