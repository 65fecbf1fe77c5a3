import type {File} from './api'

type Figures = 'size' | 'bytesDone' | 'speed' | 'secondsLeft'

/** So far back is looked at: the ranges of a fast source are whole, all at once, every second or so. */
const windowSeconds = 10

/** What is younger says nothing of its speed. */
const leastSeconds = 1

interface Look {
  readonly at: number
  readonly bytes: number
}

/**
 * Puts the speed of the last seconds, and the time left by it, in the place of what the API says. That is what workers reported of late, and
 * ranges that have just begun or are whole are in no report.
 */
export const createPace = (now: () => number = Date.now): <Shown extends Pick<File, Figures> & {readonly status: string}>(file: Shown) => Shown => {
  let looks: readonly Look[] = []
  return (file) => {
    const {status, size, bytesDone} = file
    if (status !== 'Downloading') {
      looks = []
      return file
    }
    const at = now() / 1000
    // The last one before the window stays: it is where the window begins.
    looks = [...looks.filter((_, index) => (looks[index + 1]?.at ?? at) > at - windowSeconds), {at, bytes: bytesDone}]
    const [seconds, bytes] = [at - looks[0]!.at, bytesDone - looks[0]!.bytes]
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
