import {execFileSync} from 'node:child_process'
import {eventsFolder, parseSchema, type Contract} from './schema'

/** A commit to compare with, and why this one. */
export interface Base {
  readonly revision: string
  readonly label: string
}

const git = (root: string, ...parameters: readonly string[]): string =>
  execFileSync('git', ['-C', root, ...parameters], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024}).trim()

const attempt = (root: string, ...parameters: readonly string[]): string | undefined => {
  try {
    return git(root, ...parameters)
  } catch {
    return undefined
  }
}

/**
 * The merge base of HEAD with the given revision, by default with origin/main, main or HEAD itself; undefined where there is no history.
 * Throws where the given revision does not exist.
 */
export const findBase = (root: string, requested?: string): Base | undefined => {
  if (requested !== undefined && attempt(root, 'rev-parse', '--verify', '--quiet', `${requested}^{commit}`) === undefined) {
    throw new Error(`Expected --base to name a commit; git does not know '${requested}'. A shallow clone may lack it: git fetch origin main.`)
  }
  for (const name of requested === undefined ? ['origin/main', 'main', 'HEAD'] : [requested]) {
    const revision = attempt(root, 'merge-base', 'HEAD', name) ?? (requested && attempt(root, 'rev-parse', name))
    if (revision) {
      return {revision, label: `${revision.slice(0, 9)}, the merge base with ${name}`}
    }
  }
  return undefined
}

/** The contracts as a commit has them. */
export const contractsAt = (root: string, revision: string): Contract[] =>
  git(root, 'ls-tree', '-r', '--name-only', revision, '--', eventsFolder).split('\n')
    .flatMap((path) => {
      const event = new RegExp(`^${eventsFolder}/([^/]+)/schema\\.json$`).exec(path)?.[1]
      return event === undefined ? [] : [{event, schema: parseSchema(git(root, 'show', `${revision}:./${path}`), `${revision}:${path}`)}]
    })
