import {readFileSync, writeFileSync} from 'node:fs'
import {isObject} from '../../shared/json'
import type {EventEnvelope} from '../runtime/core/types'

/** The rest of an envelope is as EventBridge writes it; a hand-made event may lack it. */
const isEvent = (value: unknown): value is EventEnvelope => isObject(value) && typeof value['detail-type'] === 'string' && isObject(value['detail'])

const parse = (path: string, line: string, number: number): EventEnvelope => {
  const refused = new Error(`Expected an event of EventBridge as JSON in line ${number} of ${path}; got '${line.slice(0, 60)}'.`)
  try {
    const event: unknown = JSON.parse(line)
    if (isEvent(event)) {
      return event
    }
  } catch (cause) {
    refused.cause = cause
  }
  throw refused
}

/** Reads exported events, one a line. Throws if a line is not an event. */
export const readEvents = (path: string): EventEnvelope[] =>
  readFileSync(path, 'utf8').split('\n').flatMap((line, index) => line.trim() === '' ? [] : [parse(path, line, index + 1)])

export const writeEvents = (path: string, events: readonly EventEnvelope[]): void =>
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
