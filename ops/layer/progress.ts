import {SingleBar} from 'cli-progress'

/** What a long fetch says while it runs. */
export interface Progress {
  start: (name: string, totalBytes: number) => void
  advance: (bytes: number) => void
  stop: () => void
  say: (line: string) => void
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`

const bars = (stream: NodeJS.WriteStream): Progress => {
  let bar: SingleBar | undefined
  return {
    start: (name, totalBytes) => {
      bar = new SingleBar({stream, format: `${name.padEnd(24)} [{bar}] {percentage} %  {got}  {eta_formatted}`, hideCursor: true})
      bar.start(Math.max(totalBytes, 1), 0, {got: megabytes(0)})
    },
    advance: (bytes) => {
      bar?.increment(bytes)
      bar?.update({got: megabytes((bar as SingleBar & {value?: number}).value ?? 0)})
    },
    stop: () => {
      bar?.stop()
      bar = undefined
    },
    say: (line) => void stream.write(`${line}\n`)
  }
}

const lines = (stream: NodeJS.WritableStream): Progress => ({
  start: (name, totalBytes) => void stream.write(`fetching ${name}${totalBytes > 0 ? ` (${megabytes(totalBytes)})` : ''}\n`),
  advance: () => undefined,
  stop: () => undefined,
  say: (line) => void stream.write(`${line}\n`)
})

export const silent: Progress = {start: () => undefined, advance: () => undefined, stop: () => undefined, say: () => undefined}

/** A bar on a terminal, plain lines elsewhere, nothing if the answer is for a program. */
export const progressOn = (stream: NodeJS.WriteStream, json: boolean): Progress => json ? silent : stream.isTTY ? bars(stream) : lines(stream)
