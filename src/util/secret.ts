import {getParameter} from '../lib/vendor/AWS/SSM'

const cacheMilliseconds = 5 * 60_000

const cache = new Map<string, {readonly value: string | undefined, readonly until: number}>()

const read = async (name: string): Promise<string | undefined> => {
  try {
    const {Parameter} = await getParameter({Name: name, WithDecryption: true})
    return Parameter?.Value || undefined
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') {
      return undefined
    }
    throw error
  }
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
