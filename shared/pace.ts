import type {File} from './api'

type Figures = 'size' | 'bytesDone' | 'speed' | 'secondsLeft'

/** So far back is looked at, and further until it has some steps: the ranges of a file become whole all at once, every few seconds. */
const windowSeconds = 10
const leastSteps = 4

/** What is younger says nothing of its speed. */
const leastSeconds = 1

/** Pauses of the usual length after which a step that has not come counts as slower. */
const patience = 2

/** When more had come than before. */
interface Step {
  readonly at: number
  readonly bytes: number
}

interface Speed {
  /** Bytes a second. */
  readonly speed: number
  /** Seconds since the last step: what has come since then is in no report yet. */
  readonly since: number
}

/**
 * From step to step, not up to now: a moment before the next step is no slower than a moment after it. Undefined while there is nothing to tell
 * it by.
 */
const speedOf = (steps: readonly Step[], now: number): Speed | undefined => {
  const [first, last] = [steps[0], steps.at(-1)]
  if (first === undefined || last === undefined || last.bytes <= first.bytes) {
    return undefined
  }
  const usual = (last.at - first.at) / (steps.length - 1)
  const isLate = now - last.at > Math.max(patience * usual, leastSeconds)
  const seconds = isLate ? now - first.at : last.at - first.at
  return now - first.at < leastSeconds ? undefined : {speed: (last.bytes - first.bytes) / seconds, since: isLate ? 0 : now - last.at}
}

/** Those of the window; the last one before it stays, as the window begins there. */
const kept = (steps: readonly Step[], now: number): readonly Step[] => {
  const isOld = (steps[1]?.at ?? now) <= now - windowSeconds
  return isOld && steps.length > leastSteps ? kept(steps.slice(1), now) : steps
}

const next = (steps: readonly Step[], step: Step): readonly Step[] =>
  step.bytes === steps.at(-1)?.bytes ? steps : kept([...steps, step], step.at)

/**
 * Puts the speed of the last seconds, and the time left by it, in the place of what the API says. That is what workers reported of late, and
 * ranges that have just begun or are whole are in no report.
 */
export const createPace = (now: () => number = Date.now): <Shown extends Pick<File, Figures> & {readonly status: string}>(file: Shown) => Shown => {
  let steps: readonly Step[] = []
  return (file) => {
    const {status, size, bytesDone} = file
    if (status !== 'Downloading') {
      steps = []
      return file
    }
    const at = now() / 1000
    steps = next(steps, {at, bytes: bytesDone})
    const measured = speedOf(steps, at)
    if (measured === undefined) {
      return file
    }
    const {speed, since} = measured
    const secondsLeft = size === null ? null : Math.ceil(Math.max(0, (size - bytesDone) / speed - since))
    return {...file, speed: Math.round(speed), secondsLeft}
  }
}

/** `45 s`, `2 min`, `3 h`: rounded up. */
export const duration = (seconds: number): string => {
  const [whole, minutes] = [Math.ceil(seconds), Math.ceil(seconds / 60)]
  return whole < 60 ? `${whole} s` : minutes < 60 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`
}
