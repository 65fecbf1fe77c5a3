import {chunkedDecoder} from './chunked'
import {protocolError} from './failures'
import type {Head} from './head'

/** Tells the content of an answer from what frames it. */
export interface Framing {
  /** The content in a piece of the connection's bytes, in the piece's own memory. */
  content: (piece: Buffer) => Buffer
  /** Whether all has come. */
  isWhole: () => boolean
  /** Whether the end of the connection is the end of the content. */
  readonly endsWithConnection: boolean
}

const none: Framing = {content: (piece) => piece.subarray(0, 0), isWhole: () => true, endsWithConnection: false}
const untilClose: Framing = {content: (piece) => piece, isWhole: () => false, endsWithConnection: true}

const ofLength = (length: number): Framing => {
  let left = length
  return {
    content: (piece) => {
      const content = piece.subarray(0, left)
      left -= content.length
      return content
    },
    isWhole: () => left === 0,
    endsWithConnection: false
  }
}

const chunked = (): Framing => {
  const {decode, isDone} = chunkedDecoder()
  return {content: (piece) => piece.subarray(0, decode(piece)), isWhole: isDone, endsWithConnection: false}
}

/**
 * How the end of an answer's content is known: https://www.rfc-editor.org/rfc/rfc9112#section-6.3. What two readers could take for two
 * different lengths is refused, and so are codings that no one asked for. Throws errors with a code `HPE_…`.
 */
export const readFraming = ({statusCode, lengths, codings}: Head): Framing => {
  const [length, ...more] = lengths
  if (more.length > 0 || (length !== undefined && !/^\d{1,15}$/.test(length))) {
    throw protocolError('CONTENT_LENGTH', `its length is '${lengths.join(', ').slice(0, 60)}'`)
  }
  const [coding, ...others] = codings.map((each) => each.toLowerCase())
  if (coding !== undefined && (length !== undefined || others.length > 0 || !['chunked', 'identity'].includes(coding))) {
    throw protocolError(
      'TRANSFER_ENCODING', `its transfer coding is '${codings.join(', ').slice(0, 60)}'${length === undefined ? '' : ' beside a length'}`
    )
  }
  if (statusCode === 204 || statusCode === 304) {
    return none
  }
  return coding === 'chunked' ? chunked() : length === undefined ? untilClose : ofLength(Number(length))
}
