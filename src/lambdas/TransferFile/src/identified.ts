import {type ClaimedFile, setClaimed} from '../../../util/claimed-file'
import {type Connection, politely} from '../../../util/host-lease'
import {identifySource} from '../../../util/identify-source'

/**
 * The file, with who fetches it and from where. A source that had to be waited for before it said what it has is asked now. Throws as `identifySource` and
 * `politely` do, and ClaimLostError.
 */
export const identifiedFile = async (file: ClaimedFile, connection: Connection): Promise<ClaimedFile> => {
  if (file.extractor !== undefined) {
    return file
  }
  const {extractor, mediaUrl, title} = await identifySource(new URL(file.sourceUrl), {
    preset: file.preset, signal: connection.signal, visit: (url, work) => politely(url, connection, work)
  })
  return setClaimed(file, {extractor, ...(mediaUrl !== undefined && {mediaUrl, title})})
}
