import type {PutEventsRequestEntry} from '@aws-sdk/client-eventbridge'

/**
 * Bytes of an entry: 14 for the time and the UTF-8 of the rest; the trace header is free.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
 */
export const entryBytes = ({Source, DetailType, Detail, Resources}: PutEventsRequestEntry): number =>
  [Source, DetailType, Detail, ...Resources ?? []].reduce((bytes, text) => bytes + Buffer.byteLength(text ?? ''), 14)

/** Splits items in order, each batch within a number of items and a number of bytes; an item over the limit stands alone. */
export const inBatches = <T>(
  items: readonly T[], bytesOf: (item: T) => number, limits: {readonly items: number, readonly bytes: number}
): T[][] => {
  const batches: T[][] = []
  let room = 0
  for (const item of items) {
    const last = batches.at(-1)
    const bytes = bytesOf(item)
    if (last === undefined || last.length === limits.items || bytes > room) {
      batches.push([item])
      room = limits.bytes - bytes
    } else {
      last.push(item)
      room -= bytes
    }
  }
  return batches
}
