import type {FileRecord} from '../../../types/domain'
import {requestAgain} from '../../../util/files/request-again'
import {type Drift, isOlderThan, patience} from './drift'
import {filesIn} from './files'

const isLost = ({announcedAt, requestedAt}: FileRecord): boolean =>
  announcedAt === undefined ? isOlderThan(requestedAt, patience.announcing) : isOlderThan(announcedAt, patience.identifying)

/** Requests that died before their event, and requests whose event led to nothing. */
export async function* lostRequests(): AsyncGenerator<Drift, void, undefined> {
  for await (const file of filesIn('Requested')) {
    if (isLost(file)) {
      yield {
        kind: 'request-without-event', fileId: file.fileId, since: file.announcedAt ?? file.requestedAt,
        detail: file.announcedAt === undefined ? 'FileRequested was never published' : 'FileRequested was published and led to nothing',
        repair: () => requestAgain(file)
      }
    }
  }
}
