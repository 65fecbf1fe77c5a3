import {logger} from '../../../util/logger'
import {settleEach} from '../../../util/settle'
import {abandonedFiles} from './claimed'
import type {Drift} from './drift'
import {lostRequests} from './requested'
import {missingObjects, strayObjects} from './stored'
import {orphanedUploads} from './uploads'

/** What to look at: the files that are unfinished, and uploads; or objects and finished files as well, each of which costs a read. */
export type Scope = 'unfinished' | 'all'

/** What was found, and what became of it; `npm run doctor` shows it. */
export interface FoundDrift extends Omit<Drift, 'repair'> {
  readonly outcome: 'found' | 'mended' | 'failed'
  /** Why it could not be repaired. */
  readonly reason?: string
}

const concurrency = 10

async function* everything(): AsyncGenerator<Drift, void, undefined> {
  const keys = new Set<string>()
  yield* strayObjects(keys)
  yield* missingObjects(keys)
}

async function* candidates(scope: Scope): AsyncGenerator<Drift, void, undefined> {
  yield* lostRequests()
  yield* abandonedFiles(scope === 'all')
  yield* orphanedUploads()
  if (scope === 'all') {
    yield* everything()
  }
}

/** An object that is whole is found by its record and by the bucket. */
async function* driftIn(scope: Scope): AsyncGenerator<Drift, void, undefined> {
  const seen = new Set<string>()
  for await (const drift of candidates(scope)) {
    const name = `${drift.fileId} ${drift.kind} ${drift.kind === 'object-without-completion' ? '' : drift.detail}`
    if (!seen.has(name)) {
      seen.add(name)
      yield drift
    }
  }
}

const tryRepair = async ({repair, ...drift}: Drift): Promise<FoundDrift> => {
  try {
    await repair()
    logger.info('Drift was repaired.', {...drift})
    return {...drift, outcome: 'mended'}
  } catch (error) {
    logger.error('Drift was not repaired.', {...drift, error})
    return {...drift, outcome: 'failed', reason: error instanceof Error ? error.message : String(error)}
  }
}

/**
 * Finds what has drifted apart, and repairs it unless `dryRun`. A failed repair is reported and does not stop the others. Throws if it
 * cannot look.
 */
export const sweep = async (scope: Scope, dryRun: boolean): Promise<readonly FoundDrift[]> => {
  const drift: FoundDrift[] = []
  const errors = await settleEach(driftIn(scope), concurrency, async (found) => {
    const {repair: _repair, ...told} = found
    drift.push(dryRun ? {...told, outcome: 'found'} : await tryRepair(found))
  })
  if (errors.length > 0) {
    throw errors[0]
  }
  return drift
}
