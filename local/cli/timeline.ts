import type {Observation} from '../runtime/core/types'
import {alertIn} from '../../shared/alert'
import {bytes} from '../../shared/bytes'

/** One line of the story: what kind of thing happened, to what, and what else is worth saying. */
export interface Entry {
  readonly kind: string
  readonly subject: string
  readonly detail?: string
}

type Of<Type extends Observation['type']> = Extract<Observation, {type: Type}>

const joined = (...parts: readonly unknown[]): {detail?: string} => {
  const told = parts.filter((part) => part !== undefined && part !== null && part !== '')
  return told.length === 0 ? {} : {detail: told.join(' · ')}
}

const describeEvent = ({event: {'detail-type': subject, detail}}: Of<'event'>): Entry => {
  const size = typeof detail['size'] === 'number' ? bytes(detail['size']) : undefined
  if (detail['percent'] !== undefined) {
    return {kind: 'event', subject, ...joined(`${String(detail['percent'])} % of ${size}`)}
  }
  const failure = detail['errorCode'] === undefined ? undefined : `${String(detail['errorCode'])}: ${String(detail['errorMessage'])}`
  return {kind: 'event', subject, ...joined(detail['title'] ?? detail['s3Key'] ?? detail['fileId'], detail['contentType'], size, failure)}
}

const describeState = ({state, phase, error}: Of<'state'>): Entry | undefined =>
  phase === 'exited' ? undefined : {kind: 'state', subject: state, ...joined(phase === 'entered' ? undefined : phase, error)}

const describeDelivery = ({rule, target, outcome, attempt, error}: Of<'delivery'>): Entry | undefined =>
  outcome === 'delivered' ? undefined : {kind: 'delivery', subject: rule, ...joined(`${outcome}, attempt ${attempt}`, target.split(':').at(-1), error)}

const alertText = (message: unknown): string | undefined => {
  const alert = alertIn(message)
  return alert === undefined ? undefined : [alert.title, alert.subtitle, alert.body].filter((part) => part !== undefined).join(' — ').replaceAll('\n', ' ')
}

const describeNotification = ({platform, userId, message}: Of<'notification'>): Entry =>
  ({kind: 'push', subject: `${platform}${userId === undefined ? '' : ` to ${userId}`}`, ...joined(alertText(message) ?? JSON.stringify(message))})

/** What people want to read of an observation; undefined for what only machines do. */
export const describe = (observation: Observation): Entry | undefined => {
  switch (observation.type) {
    case 'event': return describeEvent(observation)
    case 'state': return describeState(observation)
    case 'delivery': return describeDelivery(observation)
    case 'notification': return describeNotification(observation)
    case 'execution': return observation.status === 'RUNNING' ? undefined : {kind: 'workflow', subject: observation.status, ...joined(observation.error)}
    case 'invocation': return observation.error === undefined ? undefined : {kind: 'function', subject: observation.functionName, ...joined(observation.error)}
    case 'object': return {kind: 'object', subject: observation.eventName.replace(/^.*:/, ''), ...joined(observation.key, bytes(observation.size))}
    case 'fault': return {kind: 'fault', subject: observation.place, ...joined(observation.effect, observation.by)}
    default: return undefined
  }
}

/** `   1.204 s  event     FileDownloadCompleted   media/…`, aligned. */
export const line = (milliseconds: number, {kind, subject, detail = ''}: Entry): string =>
  `${(milliseconds / 1000).toFixed(3).padStart(8)} s  ${kind.padEnd(8)}  ${subject.padEnd(26)}  ${detail}`.trimEnd()
