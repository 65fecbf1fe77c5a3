import type {World} from '../world/world'
import {askedFor} from './sites'
import {hour, isRecoverable, type Wish} from './week'

/** Asks for a wish at a moment. */
export interface People {
  ask: (wish: Wish, at: number) => void
  /** Times that someone asked again for what had failed. */
  askedAgain: () => number
  /** When a premiere that had failed before its release was to be asked for again; undefined if it was waited for all the time. */
  askedAnewAt: (wish: Wish) => number | undefined
}

const minute = 60_000
/** After a failure people wait half a day, and give up after the third. */
const later = 12 * hour
const patience = 3

/** People who ask when their time comes, and again if it failed and may get better. */
export const expectAnswers = (world: World, wishes: readonly Wish[]): People => {
  const {clock, system: {runtime}} = world
  const byFile = new Map(wishes.map((wish) => [world.fileIdOf(askedFor(wish)), wish]))
  const began = clock.now()
  const failures = new Map<Wish, number>()
  const anew = new Map<Wish, number>()
  const ask = (wish: Wish, at: number): void => {
    clock.at(at, async () => {
      const {status} = await world.ask(wish.user, askedFor(wish), 0)
      if (status >= 500) {
        ask(wish, clock.now() + minute)
      }
    })
  }
  runtime.subscribe((each) => {
    const isFailure = each.type === 'event' && each.event['detail-type'] === 'FileDownloadFailed'
    const wish = isFailure ? byFile.get(String(each.event.detail['fileId'])) : undefined
    if (wish !== undefined && isRecoverable(wish)) {
      const failed = (failures.get(wish) ?? 0) + 1
      failures.set(wish, failed)
      if (failed <= patience) {
        ask(wish, clock.now() + later)
      }
      if (clock.now() < began + wish.releasedAt) {
        anew.set(wish, clock.now() + later)
      }
    }
  })
  return {
    ask, askedAnewAt: (wish) => anew.get(wish),
    askedAgain: () => [...failures.values()].reduce((sum, failed) => sum + Math.min(failed, patience), 0)
  }
}
