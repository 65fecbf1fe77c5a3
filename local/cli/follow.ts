import {setTimeout as sleep} from 'node:timers/promises'
import {type Api, type ApiError, type File, AnswerError, type Wish} from '../../shared/api'
import {createPace} from '../../shared/pace'

/** How a requested URL ended. */
export interface Outcome {
  readonly url: string
  readonly file?: File
  readonly error?: ApiError
}

export type OnProgress = (url: string, file: File) => void

const pollMilliseconds = 200
const isSettled = ({status}: File): boolean => status === 'Downloaded' || status === 'Failed'

const hasMoved = (before: File | undefined, now: File): boolean =>
  before?.status !== now.status || before.bytesDone !== now.bytesDone || before.size !== now.size || before.waiting?.until !== now.waiting?.until

/** Watches a file until it is there or has failed. Throws AnswerError. */
const settle = async (api: Api, url: string, fileId: string, onProgress: OnProgress): Promise<File> => {
  const paced = createPace()
  let before: File | undefined
  for (;;) {
    const now = paced(await api.file(fileId))
    if (hasMoved(before, now)) {
      onProgress(url, now)
    }
    if (isSettled(now)) {
      return now
    }
    before = now
    await sleep(pollMilliseconds)
  }
}

/** Requests a URL and follows it to its end. */
export const follow = async (api: Api, url: string, onProgress: OnProgress, wish?: Wish): Promise<Outcome> => {
  try {
    const {fileId} = await api.request(url, wish)
    const file = await settle(api, url, fileId, onProgress)
    return {url, file, ...(file.error === null ? {} : {error: file.error})}
  } catch (error) {
    if (error instanceof AnswerError) {
      return {url, error: error.answer}
    }
    throw error
  }
}
