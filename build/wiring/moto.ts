import {type ChildProcess, spawn} from 'node:child_process'
import {createServer} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'

export interface Moto {
  readonly port: number
  stop: () => void
}

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('Expected a free port on 127.0.0.1.')))
  })
})

const answers = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/moto-api/data.json`)).ok
  } catch {
    return false
  }
}

/** Python takes its time on a busy machine. */
const patienceMs = 240_000

const untilUp = async (child: ChildProcess, port: number): Promise<void> => {
  const started = Date.now()
  while (Date.now() - started < patienceMs) {
    if (child.exitCode !== null) {
      throw new Error(`Expected moto_server to stay up; it ended with exit code ${child.exitCode}.`)
    }
    if (await answers(port)) {
      return
    }
    await sleep(250)
  }
  throw new Error(`Expected moto_server to answer within ${patienceMs / 1000} s; it did not.`)
}

const spawned = (child: ChildProcess): Promise<void> => new Promise((resolve, reject) => {
  child.once('spawn', resolve)
  child.once('error', (error) => reject(
    new Error('Expected moto_server, a Python program, on PATH; it is missing. Install it: pip install \'moto[server]\'', {cause: error})))
})

/** Starts moto's server on a free loopback port. Throws if the program is missing or does not come up. */
export const startMoto = async (): Promise<Moto> => {
  const port = await freePort()
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {stdio: 'ignore'})
  await spawned(child)
  const stop = (): void => void child.kill()
  try {
    await untilUp(child, port)
  } catch (error) {
    stop()
    throw error
  }
  return {port, stop}
}
