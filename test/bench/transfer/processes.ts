import {type ChildProcess, fork} from 'node:child_process'
import {join} from 'node:path'
import type {Cost, Work} from './workers/serve'

/** The next message of a child. Throws if it ends instead. */
const nextMessage = <Message>(child: ChildProcess, what: string): Promise<Message> => new Promise((resolve, reject) => {
  const ended = (code: number | null, signal: string | null): void => reject(new Error(`Expected ${what} to answer; it ended with ${signal ?? code}.`))
  child.once('exit', ended)
  child.once('message', (message) => {
    child.off('exit', ended)

    resolve(message as Message)
  })
})

export interface Server {
  readonly origin: string
  ask: <Report>(message: object) => Promise<Report>
  stop: () => void
}

/** Starts the source or the sink in a process of its own. */
export const startServer = async (name: 'source' | 'sink'): Promise<Server> => {
  const child = fork(join(import.meta.dirname, `${name}.ts`), {execArgv: ['--import', 'tsx']})
  const {port} = await nextMessage<{port: number}>(child, name)
  return {
    origin: `http://127.0.0.1:${port}`,
    ask: <Report>(message: object) => {
      const answer = nextMessage<Report>(child, name)
      child.send(message)
      return answer
    },
    stop: () => child.disconnect()
  }
}

export interface Worker {
  /** Starts the transfer; resolves with what it cost. Throws what it failed by. */
  run: (work: Work) => Promise<Cost>
  /** SIGKILL. */
  kill: () => void
}

/** Where the transfers go, and that they are signed. */
const environment = (sink: string): NodeJS.ProcessEnv =>
  ({PATH: process.env['PATH'], AWS_ENDPOINT_URL: sink, AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench',
    ALLOW_PRIVATE_SOURCES: 'true', MAX_FILE_BYTES: String(2 ** 50), POWERTOOLS_DEV: 'false', POWERTOOLS_LOG_LEVEL: 'SILENT'})

/** Starts a bundled worker with Node and nothing else, and waits until it has loaded. */
export const startWorker = async (bundle: string, sink: string): Promise<Worker> => {
  const child = fork(bundle, {execArgv: [], env: environment(sink)})
  await nextMessage(child, bundle)
  return {
    run: async (work) => {
      const answer = nextMessage<{cost?: Cost, failure?: string}>(child, bundle)
      child.send(work)
      const {cost, failure} = await answer
      child.disconnect()
      if (cost === undefined) {
        throw new Error(failure)
      }
      return cost
    },
    kill: () => { child.kill('SIGKILL') }
  }
}
