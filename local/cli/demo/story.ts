import {setTimeout as sleep} from 'node:timers/promises'
import type {Print} from '../reporter'
import {describe, type Entry, line} from '../timeline'
import type {Observation, Observe} from '../../runtime/core/types'

/** The timeline as it is printed, and what is still missing from it. */
export interface Story {
  readonly tell: (entry: Entry) => void
  readonly observe: Observe
  /** What has not happened yet; empty once the story is complete, or after `milliseconds` what never did. */
  untilComplete: (milliseconds: number) => Promise<string[]>
}

const expectedEvents = ['FileRequested', 'FileMetadataReady', 'FileDownloadStarted', 'FileDownloadCompleted']

const missingFrom = (seen: readonly Observation[]): string[] => {
  const events = seen.flatMap((each) => each.type === 'event' ? [each.event['detail-type']] : [])
  const isPushed = seen.some((each) => each.type === 'notification')
  const isDone = seen.some((each) => each.type === 'execution' && each.status === 'SUCCEEDED')
  return [...expectedEvents.filter((name) => !events.includes(name)), ...(isDone ? [] : ['the end of the workflow']), ...(isPushed ? [] : ['the push'])]
}

/** Begins a story now: its times count from here. */
export const beginStory = (print: Print): Story => {
  const startedAt = Date.now()
  const seen: Observation[] = []
  const tell = (entry: Entry): void => print(line(Date.now() - startedAt, entry))
  return {
    tell,
    observe: (observation) => {
      seen.push(observation)
      const entry = describe(observation)
      if (entry !== undefined) {
        tell(entry)
      }
    },
    untilComplete: async (milliseconds) => {
      const deadline = Date.now() + milliseconds
      while (missingFrom(seen).length > 0 && Date.now() < deadline) {
        await sleep(20)
      }
      return missingFrom(seen)
    }
  }
}
