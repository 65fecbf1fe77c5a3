import {subscribe} from 'node:diagnostics_channel'
import {parentPort, workerData} from 'node:worker_threads'
import type {ArchivedFile} from './attempts'
import {loadShadow} from './bundle'
import type {CapturedSources} from './doors/captured-source'
import {judgeFile, type Judgement} from './judge'
import {createStage} from './stage'
import type {WiredResource} from '../../shared/wiring/wiring'

export interface WorkerSetup {
  readonly shadow: string
  readonly resources: readonly WiredResource[]
}

/** Files to be played, and where in the archive the first of them stands. */
export interface WorkerTask {
  readonly first: number
  readonly files: readonly ArchivedFile[]
  readonly sources?: CapturedSources
}

export interface WorkerResult {
  readonly first: number
  readonly judgements: ReadonlyArray<readonly Judgement[]>
  /** Connections that were opened in this worker. */
  readonly effects: number
  readonly suppressed: {readonly transfers: number, readonly pushes: number, readonly events: number}
}

// Errors are decisions here, and no one reads where they were made.
Error.stackTraceLimit = 0

let effects = 0
for (const channel of ['net.client.socket', 'udp.socket', 'undici:request:create']) {
  subscribe(channel, () => { effects += 1 })
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- local/replay/shadow.ts starts this worker
const {shadow, resources} = workerData as WorkerSetup
const stage = createStage({resources, ofType: (type) => resources.filter((resource) => resource.type === type)}, await loadShadow(shadow))

const work = async ({first, files, sources}: WorkerTask): Promise<WorkerResult> => {
  const judgements: Array<readonly Judgement[]> = []
  const suppressed = {transfers: 0, pushes: 0, events: 0}
  for (const file of files) {
    const judged = await judgeFile(stage, file, sources)
    judgements.push(judged.judgements)
    for (const {transfers, pushes, events} of judged.played) {
      suppressed.transfers += transfers
      suppressed.pushes += pushes.length
      suppressed.events += events.length
    }
  }
  return {first, judgements, effects, suppressed}
}

parentPort?.on('message', (task: WorkerTask) => void work(task).then((result) => parentPort?.postMessage(result)))
