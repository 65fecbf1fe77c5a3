import type {Observation, Observe} from './types'

export interface Observer {
  readonly observe: Observe
  /** Returns a function that ends the subscription. */
  subscribe: (watcher: Observe) => () => void
}

/** Tells every subscriber, in order. What a watcher throws is its own affair: the engines continue. */
export const createObserver = (): Observer => {
  const watchers = new Set<Observe>()
  const tell = (watcher: Observe, observation: Observation): void => {
    try {
      watcher(observation)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }
  return {
    observe: (observation) => watchers.forEach((watcher) => tell(watcher, observation)),
    subscribe: (watcher) => {
      watchers.add(watcher)
      return () => { watchers.delete(watcher) }
    }
  }
}
