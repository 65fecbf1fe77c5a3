import {getParameter} from '../lib/vendor/AWS/SSM'
import {unlessNamed} from './aws-errors'

const cacheMilliseconds = 5 * 60_000

const cache = new Map<string, {readonly value: string | undefined, readonly until: number}>()

const read = async (name: string): Promise<string | undefined> => {
  const answer = await unlessNamed('ParameterNotFound', getParameter({Name: name, WithDecryption: true}))
  return answer?.Parameter?.Value || undefined
}

/** What an SSM SecureString holds, read at most every 5 minutes; undefined if it is missing or empty. Throws SSM's other errors. */
export const secret = async (name: string): Promise<string | undefined> => {
  const known = cache.get(name)
  if (known !== undefined && known.until > Date.now()) {
    return known.value
  }
  const value = await read(name)
  cache.set(name, {value, until: Date.now() + cacheMilliseconds})
  return value
}
