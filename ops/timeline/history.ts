import type {HistoryEvent} from '@aws-sdk/client-sfn'
import {asObject, objectsIn} from '../../shared/json'
import type {Entry} from './entry'

const failures = ['TaskFailed', 'TaskTimedOut', 'TaskSubmitFailed', 'TaskStartFailed', 'ExecutionFailed', 'ExecutionTimedOut', 'ExecutionAborted']

/** A function's error comes as JSON; its sentence is what people want to read. */
const sentence = (cause: string): string => {
  try {
    return String(asObject(JSON.parse(cause))['errorMessage'] ?? cause)
  } catch {
    return cause
  }
}

/** Every kind of event keeps its details under a name of its own. */
const describeFailure = (event: HistoryEvent): string => {
  const {error, cause = ''} = asObject(Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1])
  return [error, sentence(String(cause))].filter((part) => part !== undefined && part !== '').join(': ')
}

const publishedBy = (events: ReadonlyMap<number, HistoryEvent>, event: HistoryEvent): string => {
  let before: HistoryEvent | undefined = event
  while (before !== undefined && before.type !== 'TaskScheduled') {
    before = events.get(before.previousEventId ?? 0)
  }
  const {Entries} = asObject(JSON.parse(before?.taskScheduledEventDetails?.parameters ?? '{}'))
  return objectsIn(Entries).map(({DetailType = 'an event'}) => DetailType).join(', ')
}

const transferred = (output = '{}'): string | undefined => {
  const {s3Key, size} = asObject(asObject(JSON.parse(output))['Payload'])
  return s3Key === undefined ? undefined : `${String(size)} bytes to ${String(s3Key)}`
}

/** The state that an event belongs to: the last one entered before it. */
const mapStates = (events: readonly HistoryEvent[]): ReadonlyMap<number, string> => {
  let state = ''
  return new Map(events.map(({id = 0, stateEnteredEventDetails}) => {
    state = stateEnteredEventDetails?.name ?? state
    return [id, state]
  }))
}

type Describe = (event: HistoryEvent) => Omit<Entry, 'at' | 'from'> | undefined

const createDescriber = (events: readonly HistoryEvent[], name: string): Describe => {
  const byId = new Map(events.map((event) => [event.id ?? 0, event]))
  const states = mapStates(events)
  return (event) => {
    const {type = '', id = 0, stateEnteredEventDetails, taskSucceededEventDetails: succeeded} = event
    if (stateEnteredEventDetails !== undefined) {
      return {kind: 'state', subject: stateEnteredEventDetails.name ?? '', detail: ''}
    }
    if (failures.includes(type)) {
      return type.startsWith('Execution')
        ? {kind: 'workflow', subject: type.slice('Execution'.length).toLowerCase(), detail: describeFailure(event)}
        : {kind: 'state', subject: states.get(id) ?? '', detail: `failed: ${describeFailure(event)}`}
    }
    if (type === 'ExecutionStarted' || type === 'ExecutionSucceeded' || type === 'ExecutionRedriven') {
      return {kind: 'workflow', subject: type.slice('Execution'.length).toLowerCase(), detail: type === 'ExecutionStarted' ? name : ''}
    }
    if (succeeded?.resourceType === 'events') {
      return {kind: 'event', subject: publishedBy(byId, event), detail: 'by FileDownloadWorkflow'}
    }
    const bytes = succeeded?.resourceType === 'lambda' ? transferred(succeeded.output) : undefined
    return bytes === undefined ? undefined : {kind: 'bytes', subject: states.get(id) ?? '', detail: bytes}
  }
}

/** The story as one execution of the workflow knows it. */
export const historyStory = (events: readonly HistoryEvent[], executionName: string): Entry[] => {
  const describe = createDescriber(events, executionName)
  return events.flatMap((event) => {
    const entry = describe(event)
    return entry === undefined || event.timestamp === undefined ? [] : [{at: event.timestamp.toISOString(), ...entry, from: 'history' as const}]
  })
}
