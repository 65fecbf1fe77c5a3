import {type ChildProcess, spawn} from 'node:child_process'
import {createInterface} from 'node:readline'
import {apiAt, bearer} from '../../../shared/api'
import {asObject} from '../../../shared/json'
import {createArrivals} from './arrivals'
import {type Used, usedBy} from './processes'

/** A checkout's `npm start`, as a person starts it, seen from outside: nothing of it is imported, so it may be an old one. */
export interface Stack extends AsyncDisposable {
  readonly address: string
  /** Requests a URL; resolves with the seconds from the request until its file is home. */
  bring: (url: string) => Promise<number>
  /** By all its processes, npm's own included. */
  used: () => Used
}

const patienceMilliseconds = 300_000

const parsed = (line: string): Record<string, unknown> => {
  try {
    return asObject(JSON.parse(line))
  } catch {
    return {}
  }
}

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))

/** The whole group: npm, the shell that it starts, and the runtime. */
const stop = async (child: ChildProcess): Promise<void> => {
  process.kill(-child.pid!, 'SIGTERM')
  await exited(child)
}

/** Starts the checkout in a folder on a free port, keeping nothing; resolves once it listens. */
export const startStack = (folder: string): Promise<Stack> => new Promise((resolve, reject) => {
  const options = ['--json', '--port', '0', '--ephemeral', '--allow-private-sources']
  const child = spawn('npm', ['start', '--silent', '--', ...options], {cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'inherit']})
  const arrivals = createArrivals(patienceMilliseconds)
  createInterface({input: child.stdout}).on('line', (text) => {
    const line = parsed(text)
    if (line['type'] === 'started') {
      const address = String(line['address'])
      const api = apiAt(address, bearer('bench'))
      resolve({
        address,
        bring: async (url) => {
          const beganAt = performance.now()
          const {fileId} = await api.request(url)
          return (await arrivals.at(fileId) - beganAt) / 1000
        },
        used: () => usedBy(child.pid!),
        [Symbol.asyncDispose]: () => stop(child)
      })
    } else if (line['type'] === 'event') {
      arrivals.hear(asObject(line['event']))
    }
  })
  child.once('exit', (code) => reject(new Error(`Expected npm start in ${folder} to listen; it ended with code ${code}.`)))
})
