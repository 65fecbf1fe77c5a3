/** Says when the deadlines of a function wait, because a debugger is attached to it. */
export interface Hold {
  readonly isHeld: () => boolean
  /** How long it has been held so far, in all. */
  readonly heldMilliseconds: () => number
  /** Calls back when it begins and when it ends; returns what ends that. */
  readonly watch: (onChange: () => void) => () => void
}

/** Holds by function name or ARN. */
export type HoldOf = (functionName: string) => Hold

export const neverHeld: Hold = {isHeld: () => false, heldMilliseconds: () => 0, watch: () => () => undefined}

/** Soon enough to see that a hold is over, seldom enough to cost nothing. */
export const lookMilliseconds = 100

/** Time of which what is held does not count. */
export interface Countdown {
  readonly leftMilliseconds: () => number
  readonly stop: () => void
}

/** Calls back once `milliseconds` have passed in which `hold` did not hold. */
export const countdown = (milliseconds: number, hold: Hold, onEnd: () => void): Countdown => {
  const end = performance.now() + milliseconds - hold.heldMilliseconds()
  const leftMilliseconds = (): number => end + hold.heldMilliseconds() - performance.now()
  let timer: NodeJS.Timeout
  const look = (): void => {
    const left = leftMilliseconds()
    if (left <= 0 && !hold.isHeld()) {
      onEnd()
    } else {
      timer = setTimeout(look, hold.isHeld() ? lookMilliseconds : left)
    }
  }
  timer = setTimeout(look, milliseconds)
  return {leftMilliseconds, stop: () => clearTimeout(timer)}
}
