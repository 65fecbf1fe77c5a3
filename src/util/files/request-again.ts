import type {FileRecord} from '../../types/domain'
import {listFileUsers} from './file-users'
import {requestFile} from './request-file'

/**
 * Asks RequestFile once more in the name of one who wants the file: it alone publishes FileRequested, if that got lost or the last
 * attempt failed. Throws if no one wants the file, or RequestFile refuses.
 */
export const requestAgain = async ({fileId, sourceUrl, ...wish}: FileRecord): Promise<void> => {
  const [user] = await listFileUsers(fileId, 1)
  if (user === undefined) {
    throw new Error(`Expected someone to want file ${fileId}; no one does.`)
  }
  const {statusCode, body} = await requestFile(user.userId, sourceUrl, wish)
  if (statusCode >= 400) {
    throw new Error(`Expected RequestFile to take file ${fileId} again; it answered ${statusCode}: ${body}`)
  }
}
