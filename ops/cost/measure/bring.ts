import {readFile} from 'node:fs/promises'
import {createServer} from 'node:http'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda'
import {trustedJson} from '../../../shared/json'
import {listeningPort} from '../../../shared/listening-port'

const clip = join(import.meta.dirname, '..', '..', '..', 'local', 'cli', 'demo', 'harbour.mp4')
const longest = 60_000
const pause = 250

const serveClip = async (): Promise<{readonly url: string, close: () => void}> => {
  const content = await readFile(clip)
  const server = createServer((_, response) => {
    response.writeHead(200, {'content-type': 'video/mp4', 'content-length': content.length}).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${listeningPort(server)}/harbour.mp4`,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** The HTTP API as one user. */
const callAt = (address: string): Call => async <T>(method: string, path: string, body?: unknown) => {
  const headers = {authorization: 'Bearer measured', 'content-type': 'application/json'}
  const response = await fetch(address + path, {method, headers, ...(body !== undefined && {body: JSON.stringify(body)})})
  const text = await response.text()
  if (!response.ok) {
    throw new Error(`Expected ${method} ${path} to succeed; it answered ${response.status} ${text}`)
  }
  return trustedJson<T>(text || 'null')
}

const untilThere = async (call: Call, fileId: string): Promise<void> => {
  for (const deadline = Date.now() + longest; Date.now() < deadline; await sleep(pause)) {
    const {status, error} = await call<{status: string, error: unknown}>('GET', `/files/${fileId}`)
    if (status === 'Downloaded') {
      return
    }
    if (status === 'Failed') {
      throw new Error(`Expected the clip ${fileId} to come; it failed: ${JSON.stringify(error)}`)
    }
  }
  throw new Error(`Expected the clip ${fileId} within ${longest / 1000} s; it did not come.`)
}

/** What a schedule invokes, no user sees: by hand, since no one waits for it here. */
const runScheduled = async (address: string, names: readonly string[], times: number): Promise<void> => {
  const client = new LambdaClient({endpoint: address, region: 'us-west-2', credentials: {accessKeyId: 'local', secretAccessKey: 'local'}})
  for (let time = 0; time < times; time++) {
    await Promise.all(names.map((FunctionName) => client.send(new InvokeCommand({FunctionName, Payload: Buffer.from('{}')}))))
  }
}

/** Downloads a small clip `files` times, one after the other, as a user with two devices; the last push is given a moment. */
export const bringFiles = async (address: string, files: number, say: (done: number) => void): Promise<void> => {
  const call = callAt(address)
  const source = await serveClip()
  try {
    for (const device of ['phone', 'tablet']) {
      await call('PUT', `/devices/${device}`, {platform: 'APNS', token: `token-of-${device}`})
    }
    for (let done = 0; done < files; done++) {
      const {fileId} = await call<{fileId: string}>('POST', '/files', {url: `${source.url}?measured=${done}`})
      await untilThere(call, fileId)
      say(done + 1)
    }
    await runScheduled(address, ['MeasureBacklog', 'FileCoordinator'], 5)
    await sleep(4 * pause)
  } finally {
    source.close()
  }
}
