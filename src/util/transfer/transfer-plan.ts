import type {TransferRangePart} from '../../types/workflow'

/**
 * The arithmetic of a transfer by ranges. It keeps within what S3 takes (10,000 parts of 5 MiB to 5 GiB), within the 256 KiB of a state's
 * data (a part takes 67 bytes in it) and within the 25,000 events of an execution.
 */

const mebibyte = 1024 * 1024
export const usualPartBytes = 8 * mebibyte
export const maxParts = 3_000
export const maxRanges = 64

/** A file cut into parts of one size, the last one shorter, and into ranges of several parts, the last one shorter too. */
export interface TransferPlan {
  /** Of the file. */
  readonly size: number
  readonly partBytes: number
  readonly rangeParts: number
}

/** Cuts a file of `size` bytes into parts, and these into ranges of `rangeBytes` or more. */
export const planTransfer = (size: number, rangeBytes: number): TransferPlan => {
  const partBytes = Math.max(usualPartBytes, Math.ceil(size / maxParts / mebibyte) * mebibyte)
  const parts = Math.ceil(size / partBytes)
  return {size, partBytes, rangeParts: Math.max(Math.ceil(rangeBytes / partBytes), Math.ceil(parts / maxRanges))}
}

type Cut = Pick<TransferPlan, 'size' | 'partBytes'>

export const countParts = ({size, partBytes}: Cut): number => Math.ceil(size / partBytes)

/** The ranges of a plan, in order: at most 64. */
export const listRanges = (plan: TransferPlan): TransferRangePart[] => {
  const parts = countParts(plan)
  return Array.from({length: Math.ceil(parts / plan.rangeParts)}, (_, index) =>
    ({firstPart: index * plan.rangeParts + 1, lastPart: Math.min((index + 1) * plan.rangeParts, parts)}))
}

/** The bytes of a part, from the first one on, `end` not included. */
export const bytesOfPart = ({size, partBytes}: Cut, part: number): {readonly start: number, readonly end: number} =>
  ({start: (part - 1) * partBytes, end: Math.min(part * partBytes, size)})

/** The part numbers of a range. */
export const listPartNumbers = ({firstPart, lastPart}: TransferRangePart): number[] =>
  Array.from({length: lastPart - firstPart + 1}, (_, index) => firstPart + index)
