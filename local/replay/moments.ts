import {type Attempt, findDetail} from './attempts'
import type {ShadowClock} from './clock'

/** When the world answered, so that a shadow's time is that of its archive. */
export interface Moments {
  identified: () => void
  completed: () => void
  /** Whether something was to come only later, when the source was asked. */
  isLater: (availableAt: string) => boolean
}

/** An envelope's time has whole seconds. */
const secondMilliseconds = 5_000

export const createMoments = (attempt: Attempt, clock: ShadowClock): Moments => {
  const eventTime = (kind: string): number => Date.parse(attempt.events.find((event) => event['detail-type'] === kind)?.time ?? '')
  const advance = (to: unknown, otherwise: number): void => {
    const time = typeof to === 'string' ? Date.parse(to) : otherwise
    if (Number.isFinite(time)) {
      clock.advance(time)
    }
  }
  const metadataTime = eventTime('FileMetadataReady')
  const isLater = (availableAt: string): boolean => Date.parse(availableAt) > metadataTime + secondMilliseconds
  return {
    identified: () => {
      const availableAt = findDetail(attempt, 'FileMetadataReady')?.['availableAt']
      advance(typeof availableAt === 'string' && !isLater(availableAt) ? availableAt : undefined, metadataTime)
    },
    completed: () => advance(findDetail(attempt, 'FileDownloadCompleted')?.['completedAt'], eventTime('FileDownloadCompleted')),
    isLater
  }
}
