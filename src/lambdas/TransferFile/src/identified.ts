import {type ClaimedFile, claimedFile} from '../../../util/files/claimed-file'
import {whileClaimed} from '../../../util/files/lifecycle'
import {isNamedError} from '../../../util/errors'
import {type Connection, politely} from '../../../util/hosts/host-lease'
import {identifySource} from '../../../util/sources/identify-source'
import {dropLooked, keepLooked, type LookedUpload} from '../../../util/transfer/keep-looked'
import {isForRanges} from './ranges'

type Found = Parameters<typeof whileClaimed.identifiedLate>[1]

const recordIdentified = async (file: ClaimedFile, members: Found, looked: LookedUpload | undefined): Promise<ClaimedFile> => {
  try {
    return await whileClaimed.identifiedLate(file, {...members, looked})
  } catch (error) {
    if (looked !== undefined) {
      await dropLooked(looked)
    }
    throw error
  }
}

const identify = async (file: ClaimedFile, connection: Connection): Promise<ClaimedFile> => {
  const {signal = new AbortController().signal, milliseconds} = connection
  let looked: LookedUpload | undefined
  const {extractor, mediaUrl, title, size} = await identifySource(new URL(file.sourceUrl), {
    preset: file.preset,
    audio: file.audio, isRecorded: file.record !== undefined, signal, visit: (url, work) => politely(url, connection, work),
    onMedia: async (source) => { looked = isForRanges(file, source) ? undefined : await keepLooked(file, source, {signal, milliseconds}) }
  })
  return recordIdentified(file, {extractor, size, mediaUrl, title: mediaUrl && title}, looked)
}

/** What is to be done with a file, once it is known who fetches it and from where. */
export interface Work<T> {
  /** What needs no connection, as all of the file is there already; undefined if it is not. */
  complete: (file: ClaimedFile) => Promise<T | undefined>
  fetch: (file: ClaimedFile) => Promise<T>
}

/** What is fetched again, as its host refused one connection too many, goes by the record as it is then. */
const politelyAt = async <T>(file: ClaimedFile, connection: Connection, {complete, fetch}: Work<T>): Promise<T> => {
  let isAgain = false
  return await complete(file) ?? politely(new URL(file.mediaUrl ?? file.sourceUrl), connection, async () => {
    const now = isAgain ? await claimedFile({...file, executionArn: file.claimedBy}) : file
    isAgain = true
    return fetch(now)
  })
}

/**
 * Links in feeds may be signed for a while: an address that is gone is looked up once more, and the work done again if there is another
 * one.
 */
const atFreshAddress = async <T>(file: ClaimedFile, connection: Connection, work: Work<T>, error: unknown): Promise<T> => {
  const fresh = await identify(file, connection)
  if (fresh.mediaUrl === undefined || fresh.mediaUrl === file.mediaUrl) {
    throw error
  }
  return politelyAt(fresh, connection, work)
}

/**
 * Does what needs a connection to the host of a file's media, by a record that says who fetches it and from where: a source that had to be
 * waited for before it said what it has is asked now. Throws as `identifySource`, `politely` and `work` do, and ClaimLostError.
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
