/** An event of GetExecutionHistory; its time in epoch seconds. */
export interface HistoryEvent {
  readonly id: number
  readonly previousEventId: number
  readonly timestamp: number
  readonly type: string
  readonly [details: string]: unknown
}

export interface Details {
  readonly name?: string
  readonly input?: string
  readonly output?: string
  readonly parameters?: string
  readonly resource?: string
  readonly resourceType?: string
  readonly error?: string
  readonly cause?: string
  readonly index?: number
  readonly length?: number
}

/** The details of an event, whatever their member is called. */
export const findDetails = (event: HistoryEvent): Details =>
  (Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1] ?? {})

/** One attempt of a task; times are epoch ms. */
export interface Attempt {
  readonly startedAt: number
  endedAt?: number
  parameters?: string
  output?: string
  error?: string
  cause?: string
}

export type Standing = 'running' | 'retrying' | 'succeeded' | 'caught' | 'failed'

/** One time that a state was entered. */
export interface Visit {
  readonly state: string
  readonly enteredAt: number
  readonly input: string | undefined
  /** The state that led here; undefined for the first one of a line. */
  readonly from: string | undefined
  /** Which item of a Map it works on, from 0. */
  readonly item?: number
  /** How many items a Map has. */
  items?: number
  /** A Map or a Parallel. */
  hasInner?: boolean
  /** The Map or Parallel that it is an item or branch of. */
  readonly around?: Visit
  exitedAt?: number
  output?: string
  attempts: Attempt[]
}

const failures = /^(Task|LambdaFunction|Activity)(Failed|TimedOut|SubmitFailed|StartFailed|ScheduleFailed)$|^(Map|Parallel)StateFailed$/
const ms = ({timestamp}: HistoryEvent): number => timestamp * 1000

const begun = (event: HistoryEvent, before: Visit | undefined, iteration: number | undefined): Visit => {
  const {name = '', input} = findDetails(event)
  const from = before?.exitedAt === undefined ? undefined : before
  const item = iteration ?? from?.item
  const around = from === undefined ? before : from.around
  return {state: name, enteredAt: ms(event), input, from: from?.state, ...(item !== undefined && {item}), ...(around && {around}), attempts: []}
}

/** The visit itself, or the one that it is in, and so on, until one fits. */
const outward = (visit: Visit | undefined, fits: (visit: Visit) => boolean): Visit | undefined =>
  visit === undefined || fits(visit) ? visit : outward(visit.around, fits)

/**
 * The visit that an event is about. What ends an item, a Map or a Parallel points back to the last state inside; an exit and the end of
 * an item say which state they are of.
 */
const visitOf = (event: HistoryEvent, before: Visit): Visit => {
  const {name} = findDetails(event)
  if (/^MapIteration|StateExited$/.test(event.type)) {
    return outward(before, ({state}) => state === name) ?? before
  }
  return /^(?:MapState|ParallelState)(?:Succeeded|Failed|Aborted)$/.test(event.type)
    ? outward(before, ({hasInner = false, exitedAt}) => hasInner && exitedAt === undefined) ?? before
    : before
}

const noted = (visit: Visit, event: HistoryEvent): void => {
  const {parameters, output, error, cause, length} = findDetails(event)
  const attempt = visit.attempts.at(-1)
  if (/StateExited$/.test(event.type)) {
    Object.assign(visit, {exitedAt: ms(event), output})
  } else if (event.type === 'MapStateStarted') {
    Object.assign(visit, {items: length, hasInner: true})
  } else if (event.type === 'ParallelStateStarted') {
    Object.assign(visit, {hasInner: true})
  } else if (event.type === 'TaskScheduled') {
    visit.attempts.push({startedAt: ms(event), ...(parameters !== undefined && {parameters})})
  } else if (event.type === 'TaskSucceeded' && attempt !== undefined) {
    Object.assign(attempt, {endedAt: ms(event), output})
  } else if (failures.test(event.type)) {
    const failed = attempt ?? {startedAt: visit.enteredAt}
    Object.assign(failed, {endedAt: ms(event), error, cause})
    visit.attempts = attempt === undefined ? [failed] : visit.attempts
  }
}

/** Every visit to every state, in the order of their beginnings. Each event belongs to the visit of the one that it points back to. */
export const listVisits = (events: readonly HistoryEvent[]): Visit[] => {
  const byEvent = new Map<number, Visit>()
  const iterations = new Map(events.filter(({type}) => type === 'MapIterationStarted').map((event) => [event.id, findDetails(event).index]))
  const visits: Visit[] = []
  for (const event of events) {
    const before = byEvent.get(event.previousEventId)
    const visit = /StateEntered$/.test(event.type)
      ? begun(event, before, iterations.get(event.previousEventId))
      : before && visitOf(event, before)
    if (visit === undefined) {
      continue
    }
    if (/StateEntered$/.test(event.type)) {
      visits.push(visit)
    }
    noted(visit, event)
    byEvent.set(event.id, visit)
  }
  return visits
}

/** How a visit stands; `isOver` says whether the execution has ended. */
export const judgeVisit = ({exitedAt, attempts}: Visit, isOver: boolean): Standing => {
  const hasFailed = attempts.at(-1)?.error !== undefined
  if (exitedAt !== undefined) {
    return hasFailed ? 'caught' : 'succeeded'
  }
  return isOver ? 'failed' : hasFailed ? 'retrying' : 'running'
}

const gravity: readonly Standing[] = ['failed', 'running', 'retrying', 'caught', 'succeeded']

/** How a state stands after all its visits: of several at once, that which matters most. */
export const stateStanding = (visits: readonly Visit[], isOver: boolean): Standing | undefined => {
  const standings = visits.map((visit) => judgeVisit(visit, isOver))
  const open = gravity.slice(0, 3).find((standing) => standings.includes(standing))
  return open ?? standings.at(-1)
}

export const visitsByState = (visits: readonly Visit[]): ReadonlyMap<string, Visit[]> => Map.groupBy(visits, ({state}) => state)
