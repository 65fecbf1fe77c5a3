import {isObject, type Json} from '../../../../../shared/json'
import type {EntryOf} from '../../../api/entry'

/** A log line as it is shown: what Powertools wrote, or the text as it is. */
export interface Line {
  readonly id: number
  readonly at: string
  readonly functionName: string
  readonly level: string
  readonly message: string
  /** Everything else that was said, beside what every line has. */
  readonly more: Readonly<Record<string, unknown>>
  readonly text: string
}

const usual = new Set(['level', 'message', 'timestamp', 'service', 'cold_start', 'function_arn', 'function_memory_size', 'function_name', 'function_request_id',
  'sampling_rate', 'xray_trace_id', 'function_version', '_aws'])

const parsed = (text: string): Json | undefined => {
  try {
    const value: unknown = text.startsWith('{') ? JSON.parse(text) : undefined
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const toLine = ({id, at, functionName, line: text}: EntryOf<'log'>): Line => {
  const value = parsed(text)
  if (value === undefined) {
    return {id, at, functionName, level: 'TEXT', message: text, more: {}, text}
  }
  const isMetric = '_aws' in value
  const more = Object.fromEntries(Object.entries(value).filter(([name]) => !usual.has(name)))
  const message = isMetric ? Object.entries(more).filter(([, amount]) => typeof amount === 'number').map(([name, amount]) => `${name} ${String(amount)}`).join(', ') : String(value['message'] ?? text)
  return {id, at, functionName, level: isMetric ? 'METRIC' : String(value['level'] ?? 'INFO'), message, more: isMetric ? {} : more, text}
}
