import type {Observation} from '../../../local/runtime/core/types'

const createCounts = () => ({objects: 0, failed: 0, 'dead letters': 0, refused: 0})

/** What the system says while it works. */
export interface Watch {
  /** Keys of objects by file. */
  readonly keys: Map<string, string>
  /** Executions that Lambda has refused. */
  readonly waiting: Set<string>
  readonly counts: ReturnType<typeof createCounts>
  observe: (seen: Observation) => void
}

export const createWatch = (): Watch => {
  const [keys, waiting, counts] = [new Map<string, string>(), new Set<string>(), createCounts()]
  return {
    keys, waiting, counts,
    observe: (seen) => {
      if (seen.type === 'event' && seen.event['detail-type'] === 'FileDownloadCompleted') {
        keys.set(String(seen.event.detail['fileId']), String(seen.event.detail['s3Key']))
      } else if (seen.type === 'event' && seen.event['detail-type'] === 'FileDownloadFailed') {
        counts.failed += 1
      } else if (seen.type === 'object') {
        counts.objects += 1
      } else if (seen.type === 'delivery' && seen.outcome === 'dead-lettered') {
        counts['dead letters'] += 1
      } else if (seen.type === 'state' && seen.phase === 'retrying' && seen.error?.includes('TooManyRequestsException') === true) {
        counts.refused += 1
        waiting.add(seen.executionArn)
      }
    }
  }
}
