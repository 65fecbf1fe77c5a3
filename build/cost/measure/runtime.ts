import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {join} from 'node:path'
import {createInterface} from 'node:readline'

const root = join(import.meta.dirname, '..', '..', '..')

export interface Runtime {
  readonly address: string
  stop(): Promise<void>
}

const end = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  child.once('exit', () => resolve())
  child.kill('SIGTERM')
})

/** Makes the bundles that the embedded AWS runs, where they are not fresh. */
export const buildBundles = (): void => {
  execFileSync('npm', ['run', '--silent', 'build', '--', '--quiet'], {cwd: root, stdio: ['ignore', 'ignore', 'inherit']})
}

/** Starts the embedded AWS in a process of its own, as npm start does, with all its data in a folder. Throws where it does not come up. */
export const startRuntime = (data: string): Promise<Runtime> => new Promise((resolve, reject) => {
  const args = ['--import', 'tsx', '--disable-warning=ExperimentalWarning', 'local/main.ts', '--json', '--port', '0', '--data', data, '--allow-private-sources']
  const child = spawn(process.execPath, args, {cwd: root, stdio: ['ignore', 'pipe', 'pipe']})
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString() })
  createInterface({input: child.stdout}).on('line', (text) => {
    const {type, address} = JSON.parse(text) as {type: string, address?: string}
    if (type === 'started' && address !== undefined) {
      resolve({address, stop: () => end(child)})
    }
  })
  child.once('exit', (code) => reject(new Error(`Expected the embedded AWS to listen; it ended with exit code ${code}: ${errors}`)))
})
