import {type ChildProcess, spawn} from 'node:child_process'
import {join} from 'node:path'
import type {Figures} from '../proof'
import type {Options} from './options'
import type {FoundProof} from './proofs'

/** What a proof's process says. */
export type Message =
  | {readonly type: 'progress', readonly text: string}
    | {readonly type: 'proven', readonly figures: Figures}
    | {readonly type: 'failed', readonly reason: string}

export interface Result {
  readonly number: number
  readonly title: string
  readonly seconds: number
  /** Undefined if the proof failed. */
  readonly figures?: Figures
  readonly reason?: string
}

const child = join(import.meta.dirname, 'child.ts')

/** In a process group of its own, so that no process of a proof outlives it. */
const start = (path: string, {seed, long}: Options): ChildProcess => spawn(
  process.execPath, ['--import', 'tsx', '--disable-warning=ExperimentalWarning', child, path, String(seed), String(long)],
  {stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true}
)

const end = ({pid}: ChildProcess): void => {
  try {
    process.kill(-pid!, 'SIGKILL')
  } catch {
    // All of it has ended already.
  }
}

/** Runs a proof to its end, or to the end of its time; it never throws. */
export const runProof = ({path, proof}: FoundProof, options: Options, say: (text: string) => void): Promise<Result> => new Promise((resolve) => {
  const {number, title} = proof
  const minutes = options.long ? proof.longMinutes ?? proof.minutes : proof.minutes
  const began = Date.now()
  const running = start(path, options)
  const settle = (outcome: Pick<Result, 'figures' | 'reason'>): void => {
    clearTimeout(timer)
    process.off('exit', stop)
    resolve({number, title, seconds: (Date.now() - began) / 1_000, ...outcome})
    end(running)
  }
  const stop = (): void => end(running)
  const timer = setTimeout(() => settle({reason: `Expected it to end within ${minutes} minutes; it did not.`}), minutes * 60_000)
  process.once('exit', stop)
  running.on('message', (message: Message) => {
    if (message.type === 'progress') {
      say(message.text)
    } else {
      settle(message.type === 'proven' ? {figures: message.figures} : {reason: message.reason})
    }
  })
  running.once('exit', (code, signal) => settle({reason: `Expected a result; its process ended with ${signal ?? code}.`}))
})
