import type {DatabaseSync} from 'node:sqlite'
import {realClock, unwatched} from '../core/clock'
import type {Activity, Clock} from '../core/types'
import type {VirtualClock} from './virtual-clock'

/** Time as the parts of a runtime have it. */
export interface Time {
  readonly clock: Clock
  readonly activity: Activity
  readonly random: () => number
  /** Where time is not real. */
  readonly virtual?: VirtualClock
  /** Nothing is to fall due any more. */
  stop: () => void
}

const realTime: Time = {clock: realClock, activity: unwatched, random: Math.random, stop: () => undefined}

/** Virtual time continues where an earlier runtime on the same data left it, however that ended. */
export const createTime = (db: DatabaseSync, clock: VirtualClock | undefined): Time => {
  if (clock === undefined) {
    return realTime
  }
  db.exec('CREATE TABLE IF NOT EXISTS runtime_time (one INTEGER PRIMARY KEY CHECK (one = 1), now INTEGER NOT NULL) STRICT')
  const last = db.prepare('SELECT now FROM runtime_time').get()
  const keep = db.prepare('INSERT OR REPLACE INTO runtime_time VALUES (1, ?)')
  clock.start(Number(last?.['now'] ?? 0), (now) => keep.run(now))
  return {clock, activity: clock, random: clock.random, virtual: clock, stop: clock.stop}
}
