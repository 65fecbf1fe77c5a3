import {type ClaimedFile, setClaimed} from '../../../util/claimed-file'
import {isNamedError} from '../../../util/errors'
import {type Connection, politely} from '../../../util/host-lease'
import {identifySource} from '../../../util/identify-source'

const identify = async (file: ClaimedFile, connection: Connection): Promise<ClaimedFile> => {
  const {extractor, mediaUrl, title} = await identifySource(new URL(file.sourceUrl), {
    preset: file.preset, signal: connection.signal, visit: (url, work) => politely(url, connection, work)
  })
  return setClaimed(file, {extractor, ...(mediaUrl !== undefined && {mediaUrl, title})})
}

type Work<T> = (file: ClaimedFile) => Promise<T>

const politelyAt = <T>(file: ClaimedFile, connection: Connection, work: Work<T>): Promise<T> =>
  politely(new URL(file.mediaUrl ?? file.sourceUrl), connection, () => work(file))

/** Links in feeds may be signed for a while: an address that is gone is looked up once more, and the work done again if there is another one. */
const atFreshAddress = async <T>(file: ClaimedFile, connection: Connection, work: Work<T>, error: unknown): Promise<T> => {
  const fresh = await identify(file, connection)
  if (fresh.mediaUrl === undefined || fresh.mediaUrl === file.mediaUrl) {
    throw error
  }
  return politelyAt(fresh, connection, work)
}

/**
 * Does what needs a connection to the host of a file's media, by a record that says who fetches it and from where: a source that had to be waited for
 * before it said what it has is asked now. Throws as `identifySource`, `politely` and `work` do, and ClaimLostError.
 */
export const withIdentified = async <T>(file: ClaimedFile, connection: Connection, work: Work<T>): Promise<T> => {
  if (file.extractor === undefined) {
    return politelyAt(await identify(file, connection), connection, work)
  }
  try {
    return await politelyAt(file, connection, work)
  } catch (error) {
    if (file.mediaUrl === undefined || !isNamedError(error, 'SourceNotFoundError', 'SourceForbiddenError')) {
      throw error
    }
    return atFreshAddress(file, connection, work, error)
  }
}
