import {globSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import type {Proof} from '../proof'

/** A proof and its file. */
export interface FoundProof {
  readonly path: string
  readonly proof: Proof
}

/** Loads a proof from its file. */
export const loadProof = async (path: string): Promise<Proof> => (await import(pathToFileURL(path).href) as {proof: Proof}).proof

/** Every proof by its number. Throws if a folder's number is not its proof's. */
export const findProofs = async (): Promise<readonly FoundProof[]> => {
  const root = join(import.meta.dirname, '..')
  const found = await Promise.all(globSync('[0-9]*/proof.ts', {cwd: root}).map(async (name) => {
    const path = join(root, name)
    const proof = await loadProof(path)
    if (Number.parseInt(name, 10) !== proof.number) {
      throw new Error(`Expected ${name} to have the proof with its folder's number; it has proof ${proof.number}.`)
    }
    return {path, proof}
  }))
  return found.toSorted((one, other) => one.proof.number - other.proof.number)
}

/** By the time that each is given, so that none is left alone at the end. */
export const longestFirst = (proofs: readonly FoundProof[]): readonly FoundProof[] =>
  proofs.toSorted((one, other) => other.proof.minutes - one.proof.minutes)
