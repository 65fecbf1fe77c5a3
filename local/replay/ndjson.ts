import {readFileSync, writeFileSync} from 'node:fs'
import {trustedJson} from '../../shared/json'
import type {EventEnvelope} from '../runtime/core/types'

const parse = (path: string, line: string, number: number): EventEnvelope => {
  const event = (() => {
    try {
      return trustedJson<Partial<EventEnvelope> | null>(line)
    } catch {
      return null
    }
  })()
  if (typeof event?.['detail-type'] !== 'string' || typeof event.detail !== 'object') {
    throw new Error(`Expected an event of EventBridge as JSON in line ${number} of ${path}; got '${line.slice(0, 60)}'.`)
  }
  return event as EventEnvelope
}

/** Reads exported events, one a line. Throws where a line is none. */
export const readEvents = (path: string): EventEnvelope[] =>
  readFileSync(path, 'utf8').split('\n').flatMap((line, index) => line.trim() === '' ? [] : [parse(path, line, index + 1)])

export const writeEvents = (path: string, events: readonly EventEnvelope[]): void =>
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
