import {type Entry, isOfType} from '../../../api/entry'

/** From when to when a story is told, in epoch ms, and what it begins and ends with. */
export interface Course {
  readonly title: 'From request to push' | 'From request to end' | 'Since the request'
  readonly from: number
  readonly to: number
}

const time = ({at}: Entry): number => Date.parse(at)

const endsWith = /^FileDownload(?:Completed|Failed)$/

/**
 * The course of the newest request: to the first push after it, else to how it ended, else to what was seen last. What the archive
 * replays is told, and is no part of it.
 */
export const courseOf = (entries: readonly Entry[]): Course => {
  const events = entries.filter(isOfType('event')).filter(({event}) => event['replay-name'] === undefined)
  const asked = events.findLast(({event}) => event['detail-type'] === 'FileRequested') ?? entries[0]!
  const after = <E extends Entry>(of: readonly E[]): E | undefined => of.find((entry) => entry.id >= asked.id)
  const ended = after(events.filter(({event}) => endsWith.test(event['detail-type'])))
  const pushed = after(entries.filter(isOfType('notification')))
  const from = time(asked)
  if (pushed !== undefined) {
    return {title: 'From request to push', from, to: time(pushed)}
  }
  return ended === undefined ? {title: 'Since the request', from, to: time(entries.at(-1)!)} : {title: 'From request to end', from, to: time(ended)}
}

/** How often something was tried again: by the service at once, or by the workflow after a wait. */
export const countRetries = (entries: readonly Entry[]): number => {
  const failed = new Set<string>()
  return entries.reduce((count, entry) => {
    if (entry.type === 'delivery') {
      return count + (entry.outcome === 'retrying' ? 1 : 0)
    }
    if (entry.type !== 'state') {
      return count
    }
    const key = `${entry.executionArn} ${entry.state}`
    if (entry.phase === 'failed') {
      failed.add(key)
    }
    return count + (entry.phase === 'retrying' || (entry.phase === 'entered' && failed.delete(key)) ? 1 : 0)
  }, 0)
}
