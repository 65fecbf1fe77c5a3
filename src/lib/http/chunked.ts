import {protocolError} from './failures'
import {parseField} from './head'

type State = 'size' | 'extension' | 'sizeEnd' | 'data' | 'dataCr' | 'dataLf' | 'trailers' | 'trailer' | 'trailerLf' | 'lastLf' | 'done'

const [tab, lf, cr, semicolon] = [0x09, 0x0a, 0x0d, 0x3b]
/** Hexadecimal digits of a chunk's size: 16 PiB are enough. */
const maxDigits = 13
/** Bytes of all extensions and trailers together; no one uses them. */
const maxAside = 64 * 1024
/** Where they come after the body, two readers could take two things for its end. https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1 */
const framingFields = new Set(['content-length', 'transfer-encoding'])

const parseHexDigit = (byte: number): number => {
  const lower = byte | 0x20
  return byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

const expect = (byte: number, expected: number, then: State): State => {
  if (byte !== expected) {
    throw protocolError('CHUNK', 'a chunk does not end where it should')
  }
  return then
}

const checkTrailer = (line: string): void => {
  const [name] = parseField(line)
  if (framingFields.has(name)) {
    throw protocolError('TRAILER', `after the chunks comes a '${name}'`)
  }
}

/** What comes between the contents of chunks, byte by byte. */
const createFrames = () => {
  let [left, digits, aside] = [0, 0, 0]
  let trailer = ''
  const size = (byte: number): State => {
    const digit = parseHexDigit(byte)
    if (digit >= 0 && ++digits <= maxDigits) {
      left = left * 16 + digit
      return 'size'
    }
    if (digits === 0 || digits > maxDigits || (byte !== cr && byte !== semicolon)) {
      throw protocolError('CHUNK_SIZE', 'a chunk has no size')
    }
    digits = 0
    return byte === cr ? 'sizeEnd' : 'extension'
  }
  const skip = (byte: number, here: State, then: State): State => {
    if (++aside > maxAside || byte === 0x7f || (byte < 0x20 && byte !== cr && byte !== tab)) {
      throw protocolError('CHUNK_EXTENSION', 'what stands beside the chunks is too long or not understood')
    }
    return byte === cr ? then : here
  }
  const readTrailer = (byte: number): State => {
    trailer = byte === cr ? trailer : trailer + String.fromCharCode(byte)
    return skip(byte, 'trailer', 'trailerLf')
  }
  const endTrailer = (byte: number): State => {
    checkTrailer(trailer)
    trailer = ''
    return expect(byte, lf, 'trailers')
  }
  const steps: Readonly<Record<Exclude<State, 'data' | 'done'>, (byte: number) => State>> = {
    size,
    extension: (byte) => skip(byte, 'extension', 'sizeEnd'),
    sizeEnd: (byte) => expect(byte, lf, left === 0 ? 'trailers' : 'data'),
    dataCr: (byte) => expect(byte, cr, 'dataLf'),
    dataLf: (byte) => expect(byte, lf, 'size'),
    trailers: (byte) => byte === cr ? 'lastLf' : readTrailer(byte),
    trailer: readTrailer,
    trailerLf: endTrailer,
    lastLf: (byte) => expect(byte, lf, 'done')
  }
  /** Bytes of the chunk's content that are there, at most as many as given. */
  const take = (bytes: number): number => {
    const count = Math.min(left, bytes)
    left -= count
    return count
  }
  return {steps, take, isTaken: (): boolean => left === 0}
}

/** Takes the chunks' frames out of a body. https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
export const chunkedDecoder = () => {
  const frames = createFrames()
  let state: State = 'size'
  return {
    isDone: (): boolean => state === 'done',
    /** Moves the content of a piece of the body to the piece's beginning, and says how many bytes that are. */
    decode: (piece: Buffer): number => {
      let length = 0
      for (let at = 0; at < piece.length && state !== 'done';) {
        if (state === 'data') {
          const count = frames.take(piece.length - at)
          piece.copyWithin(length, at, at + count)
          length += count
          at += count
          state = frames.isTaken() ? 'dataCr' : 'data'
        } else {
          state = frames.steps[state](piece[at++]!)
        }
      }
      return length
    }
  }
}
