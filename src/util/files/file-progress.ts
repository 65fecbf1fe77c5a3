import type {FileRecord} from '../../types/domain'

/** Name of a range in the record's `progress`, by its place among them; a stream as a whole is the first. */
export const rangeName = (index: number): string => `r${index + 1}`

/** Bytes of all ranges of a file that are there. */
export const sumBytesDone = ({progress = {}}: Pick<FileRecord, 'progress'>): number =>
  Object.values(progress).reduce((sum, {bytes}) => sum + bytes, 0)
