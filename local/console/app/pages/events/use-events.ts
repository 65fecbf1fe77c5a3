import {useEffect, useRef, useState} from 'preact/hooks'
import {explain} from '../../core/http'
import {resets, watch} from '../../core/stream'
import {type EventFilter, type EventPage, listEvents, oneEvent, type Shown} from './calls'

const settleMilliseconds = 150
/** Behind by more pages than this, the list begins again. */
const maxPages = 20

export const merged = (newer: readonly Shown[], known: readonly Shown[]): Shown[] => {
  const ids = new Set(newer.map(({id}) => id))
  return [...newer, ...known.filter(({id}) => !ids.has(id))].sort((one, other) => other.id - one.id)
}

/** Everything that is newer than an entry, so that no gap stays between it and what is known. */
const newerThan = async (filter: EventFilter, id: number): Promise<EventPage & {readonly isWhole: boolean}> => {
  let page = await listEvents(filter)
  let events = page.events
  const {total, last} = page
  for (let pages = 1; pages < maxPages && page.next !== null && (events.at(-1)?.id ?? 0) > id; pages++) {
    page = await listEvents(filter, page.next)
    events = [...events, ...page.events]
  }
  return {total, last, events, next: page.next, isWhole: page.next === null || (events.at(-1)?.id ?? 0) <= id}
}

export interface Events {
  readonly events: readonly Shown[]
  readonly total: number
  readonly isLoaded: boolean
  readonly error: string | undefined
  more: () => void
}

const nothing = {events: [] as readonly Shown[], total: 0, next: null as number | null, isLoaded: false}

/** The newest events, older ones as they are wanted; what becomes of an event later changes it. */
export const useEvents = (filter: EventFilter): Events => {
  const [state, setState] = useState(nothing)
  const [error, setError] = useState<string>()
  const known = useRef(state)
  known.current = state
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const touched = new Set<string>()
    const refresh = async (): Promise<void> => {
      timer = undefined
      const newest = known.current.events[0]?.id ?? 0
      const shown = known.current.events.filter(({event}) => touched.has(event.id)).slice(0, 50)
      touched.clear()
      const [page, changed] = await Promise.all([newerThan(filter, newest), Promise.all(shown.map(({event}) => oneEvent(event.id)))])
      if (!isGone) {
        setState(({events, next}) => ({
          events: merged([...page.events, ...changed.filter(({id}) => !page.events.some((each) => each.id === id))], page.isWhole ? events : []),
          total: page.total, next: page.isWhole && events.length > 0 ? next : page.next, isLoaded: true
        }))
        setError(undefined)
      }
    }
    const later = (): void => { timer ??= setTimeout(() => void refresh().catch((reason: unknown) => setError(explain(reason))), settleMilliseconds) }
    setState(nothing)
    known.current = nothing
    const first = ({events, total, next}: EventPage): unknown => isGone || setState({events, total, next, isLoaded: true})
    void listEvents(filter).then(first, (reason: unknown) => setError(explain(reason)))
    const ends = [resets.subscribe(later), watch(({type, eventId}) => {
      if (type === 'event' || type === 'delivery' || type === 'invocation') {
        touched.add(eventId ?? '')
        later()
      }
    })]
    return () => {
      isGone = true
      clearTimeout(timer)
      ends.forEach((end) => end())
    }
  }, [filter.name, filter.text])
  const more = (): void => {
    const {next} = known.current
    if (next !== null) {
      setState((before) => ({...before, next: null}))
      void listEvents(filter, next).then((page) => setState((before) => ({...before, events: merged(before.events, page.events), next: page.next})))
    }
  }
  return {...state, error, more}
}
