import type {Hold} from '../hold'

export interface ManualHold extends Hold {
  readonly set: (isHeld: boolean) => void
}

/** A hold in hand, by the clock given. */
export const manualHold = (now: () => number = () => performance.now()): ManualHold => {
  const watchers = new Set<() => void>()
  let since: number | undefined
  let past = 0
  const heldMilliseconds = (): number => past + (since === undefined ? 0 : now() - since)
  return {
    isHeld: () => since !== undefined,
    heldMilliseconds,
    watch: (onChange) => {
      watchers.add(onChange)
      return () => watchers.delete(onChange)
    },
    set: (isHeld) => {
      past = heldMilliseconds()
      since = isHeld ? now() : undefined
      watchers.forEach((watcher) => watcher())
    }
  }
}
