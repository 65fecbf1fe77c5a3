import type {DatabaseSync} from 'node:sqlite'
import type {SnsService} from '../../services/sns/service'
import type {Wiring} from '../../../shared/wiring/wiring'
import {archiveRoutes} from './archive-routes'
import {eventRoutes} from './event-routes'
import {executionRoutes} from './execution-routes'
import {fileRoutes} from './file-routes'
import type {Journal} from './journal'
import {journalRoutes} from './journal-routes'
import type {LocalRoute, LocalStream} from '../../runtime/core/router'
import {runtimeRoutes} from './runtime-routes'
import {createTitles} from './titles'
import {createJudge} from './verdict'

export interface LocalApiDeps {
  readonly db: DatabaseSync
  readonly wiring: Wiring
  readonly journal: Journal
  readonly sns: Pick<SnsService, 'devices'>
}

/** Every route of the local API; docs/local-api.md describes them. */
export const localRoutes = ({db, wiring, journal, sns}: LocalApiDeps): Array<LocalRoute | LocalStream> => {
  const titlesOf = createTitles(journal)
  return [
    ...journalRoutes(journal),
    ...eventRoutes(journal, createJudge(wiring)),
    ...executionRoutes(db, titlesOf),
    ...fileRoutes(journal, titlesOf),
    ...archiveRoutes(db, wiring),
    ...runtimeRoutes(wiring, sns)
  ]
}
