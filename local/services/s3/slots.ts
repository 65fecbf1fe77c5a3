import {randomUUID} from 'node:crypto'

/** Where a part is written: at its place in the file that becomes the object, else into a file of its own. */
export interface Slot {
  readonly file: string
  readonly offset: number
  release: () => void
}

export interface Slots {
  /** `size` is the announced one, undefined if no one said; `stored` are the numbers of the parts that are there. */
  take: (uploadId: string, number: number, size: number | undefined, stored: readonly number[]) => Slot
  forget: (uploadId: string) => void
}

interface Layout {
  readonly partSize: number
  readonly writing: Set<number>
}

/** The file that parts share. */
export const sharedFile = 'data'

/**
 * All parts but the last have one size, mostly: then each can be written where it belongs, and completing the upload
 * copies nothing. The first part to come says the size; whatever does not fit in, and every repetition, gets a file of
 * its own, so that no write touches another part.
 */
export const createSlots = (): Slots => {
  const layouts = new Map<string, Layout>()
  const own = (): Slot => ({file: randomUUID(), offset: 0, release: () => undefined})
  return {
    take: (uploadId, number, size, stored) => {
      const known = layouts.get(uploadId)
      // Parts of an earlier process: no one remembers their size.
      if (size === undefined || stored.includes(number) || (known === undefined && stored.length > 0)) {
        return own()
      }
      const layout = known ?? {partSize: size, writing: new Set<number>()}
      layouts.set(uploadId, layout)
      if (size > layout.partSize || layout.writing.has(number)) {
        return own()
      }
      layout.writing.add(number)
      return {file: sharedFile, offset: (number - 1) * layout.partSize, release: () => { layout.writing.delete(number) }}
    },
    forget: (uploadId) => { layouts.delete(uploadId) }
  }
}
