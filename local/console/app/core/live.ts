import {useEffect, useRef, useState} from 'preact/hooks'
import type {Entry} from '../../api/entry'
import {explain} from './http'
import {resets, watch} from './stream'

export interface Loaded<T> {
  readonly data: T | undefined
  readonly error: string | undefined
  reload: () => void
}

const settleMilliseconds = 120

/** Loads at once, and again a moment after each entry that matters; many entries cost one load. */
export const useLive = <T>(load: () => Promise<T>, matters: (entry: Entry) => boolean, keys: readonly unknown[]): Loaded<T> => {
  const [data, setData] = useState<T>()
  const [error, setError] = useState<string>()
  const reload = useRef<() => void>(() => undefined)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let isLoading = false
    let isStale = false
    const run = async (): Promise<void> => {
      timer = undefined
      isLoading = true
      const outcome = await latest.current().then((value) => ({value}), (reason: unknown) => ({reason}))
      isLoading = false
      if (isGone) {
        return
      }
      if ('value' in outcome) {
        setData(() => outcome.value)
        setError(undefined)
      } else {
        setError(explain(outcome.reason))
      }
      if (isStale) {
        later()
      }
    }
    const later = (): void => {
      isStale = isLoading
      timer ??= isLoading ? undefined : setTimeout(() => void run(), settleMilliseconds)
    }
    reload.current = later
    setData(undefined)
    void run()
    const leave = [watch((entry) => matters(entry) && later()), resets.subscribe(() => later())]
    return () => {
      isGone = true
      clearTimeout(timer)
      leave.forEach((end) => end())
    }
  }, keys)
  return {data, error, reload: () => reload.current()}
}
