import {setTimeout as sleep} from 'node:timers/promises'
import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda'
import {type Api, apiAt, bearer} from '../../../shared/api'
import {openSource} from '../../smoke/clip'

const longest = 60_000
const pause = 250

const untilThere = async (api: Api, fileId: string): Promise<void> => {
  for (const deadline = Date.now() + longest; Date.now() < deadline; await sleep(pause)) {
    const {status, error} = await api.file(fileId)
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
  const api = apiAt(address, bearer('measured'))
  const source = await openSource(undefined, true, 'measured')
  try {
    for (const device of ['phone', 'tablet']) {
      await api.register(device, {platform: 'APNS', token: `token-of-${device}`})
    }
    for (let done = 0; done < files; done++) {
      const {fileId} = await api.request(`${source.url.href}-${done}`)
      await untilThere(api, fileId)
      say(done + 1)
    }
    await runScheduled(address, ['MeasureBacklog', 'FileCoordinator'], 5)
    await sleep(4 * pause)
  } finally {
    source.close()
  }
}
