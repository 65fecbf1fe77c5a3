import {Presets, SingleBar} from 'cli-progress'

/** Shows how far something is: a bar on a terminal, now and then a line elsewhere. */
export interface Meter {
  /** `done` is a fraction of 1. */
  show: (done: number, status: string) => void
  end: () => void
}

const everyMilliseconds = 5_000

const bar = (stream: NodeJS.WriteStream): Meter => {
  const single = new SingleBar({format: '{bar} {percentage} % {status}', stream, barsize: 30, hideCursor: true, clearOnComplete: true}, Presets.shades_classic)
  let isStarted = false
  return {
    show: (done, status) => {
      if (!isStarted) {
        single.start(1, 0, {status})
        isStarted = true
      }
      single.update(done, {status})
    },
    end: () => single.stop()
  }
}

const lines = (stream: NodeJS.WriteStream): Meter => {
  let shownAt = Date.now()
  let shown = ''
  return {
    show: (done, status) => {
      if (status !== shown && Date.now() - shownAt >= everyMilliseconds) {
        stream.write(`${Math.floor(done * 100)} % ${status}\n`)
        shownAt = Date.now()
        shown = status
      }
    },
    end: () => undefined
  }
}

/** On standard error: standard output is the answer's. */
export const openMeter = (stream: NodeJS.WriteStream = process.stderr): Meter => stream.isTTY ? bar(stream) : lines(stream)
