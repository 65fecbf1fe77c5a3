import {asObject} from '../../../shared/json'

/** When files come home, by the events of a stack. */
export interface Arrivals {
  hear: (event: Readonly<Record<string, unknown>>) => void
  /** Resolves with the time (of `performance.now`) at which a file has come; rejects if it never will, or has not for too long. */
  at: (fileId: string) => Promise<number>
}

type Settle = (event: Readonly<Record<string, unknown>>, heardAt: number) => void

/** `patienceMilliseconds`: how long a file may take. */
export const createArrivals = (patienceMilliseconds: number): Arrivals => {
  const ended = new Map<string, Parameters<Settle>>()
  const waiting = new Map<string, Settle>()
  return {
    hear: (event) => {
      const {fileId} = asObject(event['detail'])
      if (typeof fileId === 'string' && ['FileDownloadCompleted', 'FileDownloadFailed'].includes(String(event['detail-type']))) {
        const heard: Parameters<Settle> = [event, performance.now()]
        ended.set(fileId, heard)
        waiting.get(fileId)?.(...heard)
      }
    },
    at: (fileId) => new Promise((resolve, reject) => {
      const fail = (what: string): void => reject(new Error(`Expected the file ${fileId} to come home; ${what}.`))
      const late = setTimeout(() => fail(`it has not within ${patienceMilliseconds} ms`), patienceMilliseconds)
      const settle: Settle = (event, heardAt) => {
        clearTimeout(late)
        if (event['detail-type'] === 'FileDownloadCompleted') {
          resolve(heardAt)
        } else {
          fail(`the stack says ${JSON.stringify(event['detail'])}`)
        }
      }
      const heard = ended.get(fileId)
      waiting.set(fileId, settle)
      if (heard !== undefined) {
        settle(...heard)
      }
    })
  }
}
