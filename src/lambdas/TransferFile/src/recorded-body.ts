import {oggClock} from './ogg-clock'
import {soundMarks} from '../../../util/media/sound-clock'

/** Sound may come late, but not for ever: this many seconds after its time a recording ends with what has come. */
const lateSeconds = 15

/**
 * The first seconds of a broadcast: of sound that can be read (MP3, AAC in ADTS, Ogg) as many as it plays, up to the end of a frame or
 * page; of anything else what comes in that time. A broadcast that ends before is whole. A chunk is valid until the next one is asked for.
 */
export async function* recordedBody(
  body: AsyncIterable<Buffer>, seconds: number, now: () => number = () => performance.now()
): AsyncGenerator<Buffer, void, undefined> {
  let marks: ReturnType<typeof soundMarks> | undefined
  let held: Buffer = Buffer.alloc(0)
  let [given, begun] = [0, 0]
  for await (const chunk of body) {
    begun ||= now()
    marks ??= chunk.toString('latin1', 0, 4) === 'OggS' ? oggClock(seconds) : soundMarks(seconds)
    const mark = marks(chunk)
    const all = Buffer.concat([held, chunk])
    const count = Math.max(0, mark.bytes - given)
    given += count
    // Its memory is the reader's, which writes the next chunk into it.
    held = Buffer.from(all.subarray(count))
    if (count > 0) {
      yield all.subarray(0, count)
    }
    const waited = (now() - begun) / 1000
    if (mark.seconds >= seconds || waited >= seconds + (mark.seconds > 0 ? lateSeconds : 0)) {
      return
    }
  }
  if (held.length > 0) {
    yield held
  }
}
