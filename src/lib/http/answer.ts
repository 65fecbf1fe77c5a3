import {endedEarly} from './failures'
import {readFraming, type Framing} from './framing'
import {type Head, type ReadHead, readHead} from './head'

/** Bytes of a connection, valid until the next call; undefined at the end. */
export type Next = () => Promise<Buffer | undefined>

export interface Answer extends Pick<Head, 'statusCode' | 'headers' | 'locations'> {
  /** Bytes of the content; undefined once all have come. */
  readonly next: Next
}

/** The final head: what a server says in between (100, 103) is skipped, unless it cannot be trusted to end where its head does. */
const finalHead = async (next: Next): Promise<ReadHead> => {
  let read = await readHead(next)
  while (read !== undefined && read.head.statusCode < 200 && read.head.statusCode !== 101) {
    readFraming(read.head)
    read = await readHead(next, read.rest)
  }
  if (read === undefined) {
    throw endedEarly()
  }
  return read
}

const readContent = (next: Next, framing: Framing, rest: Buffer): Next => {
  let first: Buffer | undefined = rest
  return async () => {
    while (!framing.isWhole()) {
      const piece: Buffer | undefined = first ?? await next()
      first = undefined
      if (piece === undefined && framing.endsWithConnection) {
        return undefined
      }
      if (piece === undefined) {
        throw endedEarly()
      }
      const content = framing.content(piece)
      if (content.length > 0) {
        return content
      }
    }
    return undefined
  }
}

/** Reads an answer off a connection, up to its content. Throws what `next` throws, and errors with a code as node:http gives them. */
export const readAnswer = async (next: Next): Promise<Answer> => {
  const {head, rest} = await finalHead(next)
  const {statusCode, headers, locations} = head
  return {statusCode, headers, locations, next: readContent(next, readFraming(head), rest)}
}
