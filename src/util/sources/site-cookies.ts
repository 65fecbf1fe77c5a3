import {optionalEnv} from '../env'
import {NamedError} from '../errors'
import {secret} from '../secret'

/**
 * The operator's cookies for yt-dlp, as a browser's cookies.txt; none if no one made the parameter. Throws StorageError if SSM does not
 * answer.
 */
export const siteCookies = async (): Promise<{readonly cookies?: string}> => {
  const name = optionalEnv('YT_DLP_COOKIES_PARAMETER')
  try {
    const cookies = name && await secret(name)
    return cookies ? {cookies} : {}
  } catch (cause) {
    throw new NamedError('StorageError', 'The settings for this site could not be read just now. Try again later.', {cause})
  }
}
