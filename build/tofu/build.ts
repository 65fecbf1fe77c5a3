import {mkdirSync, renameSync, rmSync} from 'node:fs'
import {dirname} from 'node:path'
import {run} from '../program/run'
import {cacheFolder, programPath} from './cache'
import type {Pin} from './pin'

const command = 'github.com/opentofu/opentofu/cmd/tofu'
/** Between two lines about how far a build has come. */
const silenceMs = 30_000

export type Say = (line: string) => void

/** This machine cannot build it; the message says why in a sentence. */
export class NoGoError extends Error {
  override readonly name = 'NoGoError'
}

/** Go before 1.21 takes the version in go.mod for a mistake, and fetches no other Go: https://go.dev/doc/toolchain */
const isTooOldToFetch = (output: string): boolean => {
  const [, major, minor] = /go version go(\d+)\.(\d+)/.exec(output) ?? []
  return major !== undefined && (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 21))
}

/** Throws NoGoError if Go is missing, or too old for this release and not allowed to fetch a newer one. */
const requireGo = async ({version, folder}: Pin): Promise<void> => {
  // In the module's folder: a Go that may fetch toolchains (GOTOOLCHAIN=auto) fetches the one that go.mod asks for.
  const {code, output} = await run('go', ['version'], {cwd: folder, env: process.env})
    .catch((error: NodeJS.ErrnoException) => ({code: 1, output: error.code === 'ENOENT' ? 'there is no go on PATH' : error.message}))
  if (code !== 0) {
    throw new NoGoError(`OpenTofu ${version} is not built here, as it needs Go: ${output.trim().replace(/^go: /, '')}.`)
  }
  if (isTooOldToFetch(output)) {
    throw new NoGoError(`OpenTofu ${version} is not built here: this is ${output.trim()}, and Go fetches the one that is needed from 1.21 on. Install a newer Go from https://go.dev/dl.`)
  }
}

/** Counts the packages that Go names as it compiles them, and says so now and then. */
const progress = async ({version, folder}: Pin, say: Say): Promise<(line: string) => void> => {
  const {output} = await run('go', ['list', '-deps', command], {cwd: folder, env: process.env})
  const total = output.trim().split('\n').length
  let compiled = 0
  let spoken = Date.now()
  return () => {
    compiled += 1
    if (Date.now() - spoken > silenceMs) {
      spoken = Date.now()
      say(`OpenTofu ${version}: compiled ${compiled} of at most ${total} packages`)
    }
  }
}

/** Compiles to `output`; the release's own version, as without -X it would call itself a development build. */
const compile = async ({version, folder}: Pin, output: string, say: Say): Promise<void> => {
  const args = ['build', '-v', '-trimpath', '-ldflags=-s -w -X github.com/opentofu/opentofu/version.dev=no', '-o', output, command]
  const finished = await run('go', args, {cwd: folder, env: process.env, onLine: await progress({version, folder}, say), priority: 10})
  if (finished.code !== 0) {
    throw new Error(`go ${args.join(' ')} in ${folder} ended with exit code ${finished.code}:\n${finished.output}`)
  }
  const told = await run(output, ['version'], {cwd: dirname(output), env: process.env})
  if (told.code !== 0 || !told.output.startsWith(`OpenTofu v${version}\n`)) {
    throw new Error(`What was built of ${folder} is not OpenTofu ${version}; it says:\n${told.output}`)
  }
}

/**
 * Builds the OpenTofu that `pin` names into the cache and returns its path. Takes 10 to 20 minutes on two cores, less
 * where Go's own build cache knows its packages. Throws NoGoError if this machine has no fitting Go.
 */
export const buildTofu = async (pin: Pin, say: Say, cache = cacheFolder()): Promise<string> => {
  await requireGo(pin)
  const program = programPath(pin.version, cache)
  // Beside its place, so that the rename is atomic, and of this process alone: two builds may run at once.
  const unfinished = `${program}.${process.pid}`
  mkdirSync(dirname(program), {recursive: true})
  say(`Building OpenTofu ${pin.version} into ${program}, once; 10 to 20 minutes on two cores.`)
  try {
    await compile(pin, unfinished, say)
    renameSync(unfinished, program)
  } finally {
    rmSync(unfinished, {force: true})
  }
  say(`OpenTofu ${pin.version} is built.`)
  return program
}
