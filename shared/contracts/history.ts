import {execFileSync} from 'node:child_process'
import {eventsFolder, parseSchema, type Contract, type Schema} from './schema'

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
 * The merge base of HEAD with the given revision, by default with origin/main, main or HEAD itself; undefined if there is no history.
 * Throws if the given revision does not exist.
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

/** An example as a commit had it. */
export interface PastExample {
  readonly event: string
  readonly path: string
  readonly commit: string
  readonly text: string
}

const exampleLine = new RegExp(`^:\\d+ \\d+ [0-9a-f]+ ([0-9a-f]{40,}) [AM]\\t(${eventsFolder}/([^/]+)/examples/[^/]+\\.json)$`)

/** Every state in which an example ever was, up to a revision; each once, the newest first. Empty if there is no history. */
export const pastExamples = (root: string, revision = 'HEAD'): PastExample[] => {
  const log = attempt(root, 'log', '--format=commit %H', '--raw', '--no-abbrev', '--no-renames', '-m', '--relative', revision, '--', eventsFolder) ?? ''
  const seen = new Set<string>()
  let commit = ''
  return log.split('\n').flatMap((line) => {
    commit = /^commit (\w+)$/.exec(line)?.[1] ?? commit
    const [, blob = '', path = '', event = ''] = exampleLine.exec(line) ?? []
    const key = `${blob} ${path}`
    if (path === '' || seen.has(key)) {
      return []
    }
    seen.add(key)
    return [{event, path, commit, text: git(root, 'cat-file', 'blob', blob)}]
  })
}

/** A state in which a contract was. */
export interface PastContract {
  readonly commit: string
  /** ISO 8601. */
  readonly date: string
  readonly schema: Schema
}

/** Every state in which a contract ever was, the newest first. Empty if there is no history. */
export const pastContracts = (root: string, event: string): PastContract[] => {
  const path = `${eventsFolder}/${event}/schema.json`
  const log = attempt(root, 'log', '--format=%H %cI', '--diff-filter=AM', '--no-renames', '--', path) ?? ''
  return log.split('\n').filter((line) => line !== '').map((line) => {
    const [commit = '', date = ''] = line.split(' ')
    return {commit, date, schema: parseSchema(git(root, 'show', `${commit}:./${path}`), `${commit}:${path}`)}
  })
}
