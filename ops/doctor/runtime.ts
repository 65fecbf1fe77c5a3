import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {buildBundles, startEmbedded} from '../../shared/embedded'

/** Starts a local stack on a folder of data and stops it after `work`. Throws if there is no such folder, or another stack runs on it. */
export const withRuntime = async <T>(data: string, work: (address: string) => Promise<T>): Promise<T> => {
  if (!existsSync(join(data, 'store.sqlite'))) {
    throw new Error(`Expected the data of a local stack in ${data}; there is none.`)
  }
  buildBundles()
  const {address, stop} = await startEmbedded(['--data', data])
  try {
    return await work(address)
  } finally {
    await stop()
  }
}
