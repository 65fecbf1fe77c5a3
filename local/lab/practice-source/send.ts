import type {ServerResponse} from 'node:http'
import {setTimeout as sleep} from 'node:timers/promises'

const drained = (response: ServerResponse): Promise<void> => new Promise((resolve) => {
  const done = (): void => {
    response.off('drain', done).off('close', done)
    resolve()
  }
  response.on('drain', done).on('close', done)
})

/** Writes slices as fast as they are taken, at most `rate` bytes a second. The answer stays open. */
export const sendSlices = async (response: ServerResponse, slices: Iterable<Buffer>, rate = Infinity): Promise<void> => {
  const startedAt = Date.now()
  let sent = 0
  for (const slice of slices) {
    if (response.destroyed) {
      return
    }
    if (!response.write(slice)) {
      await drained(response)
    }
    sent += slice.length
    const early = startedAt + sent / rate * 1000 - Date.now()
    if (early > 1) {
      await sleep(early)
    }
  }
}
