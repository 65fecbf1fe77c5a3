import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {createInterface} from 'node:readline'

const root = join(import.meta.dirname, '..', '..')

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()))

/** The embedded AWS as a program: build programs do not import it. */
const start = (data: string): Promise<{address: string, child: ChildProcess}> => new Promise((resolve, reject) => {
  const args = ['--import', 'tsx', '--disable-warning=ExperimentalWarning', join(root, 'local/cli/main.ts'), '--json', '--port', '0', '--data', data]
  const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'pipe']})
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString() })
  createInterface({input: child.stdout}).on('line', (line) => {
    const {type, address} = JSON.parse(line) as {type: string, address?: string}
    if (type === 'started' && address !== undefined) {
      resolve({address, child})
    }
  })
  child.once('exit', () => reject(new Error(errors.trim() || 'Expected the embedded AWS to start; it ended.')))
})

/** Starts the embedded AWS on a folder of data and stops it after `work`. Throws where there is no such folder, or another one runs on it. */
export const withRuntime = async <T>(data: string, work: (address: string) => Promise<T>): Promise<T> => {
  if (!existsSync(join(data, 'store.sqlite'))) {
    throw new Error(`Expected the data of an embedded AWS in ${data}; there is none.`)
  }
  const {address, child} = await start(data)
  try {
    return await work(address)
  } finally {
    const end = ended(child)
    child.kill('SIGTERM')
    await end
  }
}
