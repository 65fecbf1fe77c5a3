import type {EventEnvelope} from '../core/types'

const smallBytes = 1024

/**
 * A shadow moves no bytes to speak of: a larger size stands for itself by a small one, in what was and in what is alike. Two sizes that
 * differ stay different, but for one in a thousand.
 */
export const scaledSize = (size: number): number => size <= smallBytes ? size : smallBytes + size % (smallBytes - 3)

/** An event with its size scaled. */
export const scaled = (event: EventEnvelope): EventEnvelope =>
  typeof event.detail['size'] === 'number' ? {...event, detail: {...event.detail, size: scaledSize(event.detail['size'])}} : event
