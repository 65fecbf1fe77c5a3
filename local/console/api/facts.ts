import {isObject, type Json} from '../../../shared/json'
import type {Observation} from '../../runtime/core/types'

/** What an observation is about, as far as it says so itself. */
export interface Facts {
  /** Detail-type, function, state, rule or status: what people call it. */
  readonly name?: string
  readonly fileId?: string
  readonly correlationId?: string
  readonly eventId?: string
  readonly requestId?: string
  readonly userId?: string
}

type Of<Type extends Observation['type']> = Extract<Observation, {type: Type}>

/** Only what is there: absent members stay absent. */
const some = (members: Readonly<Record<string, unknown>>): Facts =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => typeof value === 'string' && value !== ''))

const parsedLine = (line: string): Json => {
  try {
    const value: unknown = line.startsWith('{') ? JSON.parse(line) : undefined
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

const ofLog = ({functionName, line, requestId}: Of<'log'>): Facts => {
  const {fileId, correlationId} = parsedLine(line)
  return some({name: functionName, fileId, correlationId, requestId})
}

/** Both platforms carry the app's own data beside what is shown. */
const readData = (message: unknown): Json => {
  const {data, fcmV1Message} = (isObject(message) ? message : {}) as {data?: Json, fcmV1Message?: {message?: {data?: Json}}}
  return data ?? fcmV1Message?.message?.data ?? {}
}

const ofNotification = ({message, userId, platform}: Of<'notification'>): Facts => {
  const {fileId, correlationId} = readData(message)
  return some({name: platform, fileId, correlationId, userId})
}

/** `media/<fileId>.<extension>` */
const ofObject = ({key, eventName}: Of<'object'>): Facts => some({name: eventName, fileId: /([^/]+?)\.[^./]+$/.exec(key)?.[1]})

/** What an observation says of itself. */
export const collectFacts = (observation: Observation): Facts => {
  switch (observation.type) {
    case 'event': {
      const {id: eventId, 'detail-type': name, detail: {fileId, correlationId, userId}} = observation.event
      return some({name, eventId, fileId, correlationId, userId})
    }
    case 'delivery': return {name: observation.rule, eventId: observation.eventId}
    case 'state': return some({name: observation.state, fileId: observation.fileId})
    case 'execution': return some({name: observation.status, fileId: observation.fileId})
    case 'invocation': return some({name: observation.functionName, requestId: observation.requestId, eventId: observation.eventId, fileId: observation.fileId})
    case 'log': return ofLog(observation)
    case 'object': return ofObject(observation)
    case 'notification': return ofNotification(observation)
    default: return {}
  }
}
