import type {File} from './api'

/** What is younger tells nothing of its speed. */
const leastSeconds = 1

/**
 * Adds speed and time left where the API does not know them: its figures are those of the workers of late, and the ranges of a fast source
 * are whole before there is one.
 */
export const createPace = (now: () => number = Date.now): (file: File) => File => {
  let first: {readonly at: number, readonly bytes: number} | undefined
  return (file) => {
    const {status, speed, size, bytesDone} = file
    if (status !== 'Downloading' || speed !== null) {
      return file
    }
    first ??= {at: now(), bytes: bytesDone}
    const [seconds, bytes] = [(now() - first.at) / 1000, bytesDone - first.bytes]
    if (seconds < leastSeconds || bytes <= 0) {
      return file
    }
    const secondsLeft = size === null ? null : Math.ceil(Math.max(0, size - bytesDone) * seconds / bytes)
    return {...file, speed: Math.round(bytes / seconds), secondsLeft}
  }
}

/** `45 s`, `2 min`, `3 h`: rounded up. */
export const duration = (seconds: number): string => {
  const [whole, minutes] = [Math.ceil(seconds), Math.ceil(seconds / 60)]
  return whole < 60 ? `${whole} s` : minutes < 60 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`
}
