import {existsSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {join} from 'node:path'
import {Worker} from 'node:worker_threads'
import type {EventEnvelope} from '../runtime/core/types'
import type {Wiring} from '../../shared/wiring/wiring'
import {type ArchivedFile, filesIn} from './attempts'
import {defaultShadow} from './bundle'
import type {CapturedSources} from './doors/captured-source'
import type {Judgement} from './judge'
import type {WorkerResult, WorkerSetup, WorkerTask} from './worker'

export interface ShadowOptions {
  readonly wiring: Wiring
  /** Of an archive, in any order. */
  readonly events: Iterable<EventEnvelope>
  /** What sources answered, if it was captured. */
  readonly sources?: CapturedSources
  /** The functions: what npm run build made of them, by default. */
  readonly shadow?: string
  /** Threads at work; as many as the machine has, for large archives. */
  readonly workers?: number
  readonly onProgress?: (done: {readonly events: number, readonly of: number}) => void
  readonly signal?: AbortSignal
}

/** What today's code makes of yesterday's events, compared with what came of them. */
export interface ShadowReport {
  readonly events: number
  readonly files: number
  readonly attempts: number
  readonly same: number
  readonly different: number
  /** The same as far as the archive goes: how they ended it does not say. */
  readonly open: number
  /** Attempts that began before the first event: what lies there is not compared. */
  readonly partial: number
  /** What left the process; 0, or something is wrong with the shadow. */
  readonly effects: number
  /** What would have happened, and was answered by the shadow's doors. */
  readonly suppressed: {readonly transfers: number, readonly pushes: number, readonly events: number}
  readonly seconds: number
  /** Every attempt that is different, in the order of the archive. */
  readonly differences: readonly Judgement[]
  /** Every attempt, if there are at most 1,000. */
  readonly judgements?: readonly Judgement[]
}

const workerFile = join(import.meta.dirname, '..', '..', 'dist', 'shadow', 'worker.mjs')
const batchFiles = 100
const eventsWorthAThread = 2_000
const maxJudgements = 1_000

const startWorker = (setup: WorkerSetup): Worker => {
  if (!existsSync(workerFile)) {
    throw new Error(`Expected the shadow's worker at ${workerFile}; there is none. Make it with npm run build.`)
  }
  return new Worker(workerFile, {
    workerData: setup,
    // Invocations are kept apart without a hook in every promise.
    execArgv: ['--experimental-async-context-frame', '--disable-warning=ExperimentalWarning']
  })
}

/** A worker that answers one task after the other; rejects its current task when it ends, or when the signal says so. */
const player = (worker: Worker, signal: AbortSignal | undefined): ((task: WorkerTask) => Promise<WorkerResult>) => {
  let resolve: (result: WorkerResult) => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  worker.on('message', (result: WorkerResult) => resolve(result))
  worker.on('error', (error) => reject(error))
  worker.on('exit', (code) => reject(new Error(`Expected the shadow's worker to go on; it ended with exit code ${code}.`)))
  signal?.addEventListener('abort', () => reject(signal.reason), {once: true})
  return (task) => new Promise((resolveTask, rejectTask) => {
    [resolve, reject] = [resolveTask, rejectTask]
    signal?.throwIfAborted()
    worker.postMessage(task)
  })
}

const batches = (files: readonly ArchivedFile[], sources: CapturedSources | undefined): WorkerTask[] =>
  Array.from({length: Math.ceil(files.length / batchFiles)}, (_, index) => {
    const first = index * batchFiles
    return {first, files: files.slice(first, first + batchFiles), ...(sources !== undefined && {sources})}
  })

const countEvents = (files: readonly ArchivedFile[]): number =>
  files.reduce((sum, {attempts}) => sum + attempts.reduce((all, {events}) => all + events.length, 0), 0)

const count = (judgements: readonly Judgement[], outcome: Judgement['outcome']): number => judgements.filter((judgement) => judgement.outcome === outcome).length

const total = (results: readonly WorkerResult[], name: keyof WorkerResult['suppressed']): number => results.reduce((sum, {suppressed}) => sum + suppressed[name], 0)

const playAll = async (files: readonly ArchivedFile[], events: number, options: ShadowOptions): Promise<WorkerResult[]> => {
  const {wiring, shadow = defaultShadow, sources, onProgress, signal} = options
  const threads = options.workers ?? Math.min(availableParallelism(), Math.ceil(events / eventsWorthAThread))
  const queue = batches(files, sources)
  const results: WorkerResult[] = []
  const workers = Array.from({length: Math.max(1, threads)}, () => startWorker({shadow, resources: wiring.resources}))
  let done = 0
  try {
    await Promise.all(workers.map(async (worker) => {
      const answer = player(worker, signal)
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
        results.push(await answer(task))
        done += countEvents(task.files)
        onProgress?.({events: done, of: events})
      }
    }))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return results.toSorted((left, right) => left.first - right.first)
}

/**
 * Plays archived events against today's functions, rules and workflows, without any effect: sources answer as the archive says they did,
 * and what would go out stays here. Throws if the functions were not built; rejects with the signal's reason.
 */
export const runShadow = async (options: ShadowOptions): Promise<ShadowReport> => {
  const startedAt = performance.now()
  const files = filesIn(options.events)
  const events = countEvents(files)
  const results = await playAll(files, events, options)
  const judgements = results.flatMap((result) => result.judgements.flat())
  const effects = results.reduce((most, result) => Math.max(most, result.effects), 0)
  return {
    events, files: files.length, attempts: judgements.length,
    same: count(judgements, 'same'), different: count(judgements, 'different'), open: count(judgements, 'open'),
    partial: judgements.filter(({isWhole}) => !isWhole).length,
    effects,
    suppressed: {transfers: total(results, 'transfers'), pushes: total(results, 'pushes'), events: total(results, 'events')},
    seconds: (performance.now() - startedAt) / 1000,
    differences: judgements.filter(({outcome}) => outcome === 'different'),
    ...(judgements.length <= maxJudgements && {judgements})
  }
}
