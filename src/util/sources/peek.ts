export interface Peeked {
  /** The first bytes: as many as wanted, or all there are. */
  readonly head: Buffer
  /** All bytes, the first ones included. */
  readonly body: AsyncIterable<Buffer>
}

/**
 * Reads at least `count` first bytes of a stream without taking them away, and more if `wanted` asks for more of what it is shown; each
 * chunk of the stream need be valid until the next alone.
 */
export const peek = async (stream: AsyncIterable<Buffer>, count: number, wanted: (head: Buffer) => number = () => 0): Promise<Peeked> => {
  const iterator = stream[Symbol.asyncIterator]()
  const chunks: Buffer[] = []
  let [size, least] = [0, count]
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    // A copy: the stream may use its memory again.
    chunks.push(Buffer.from(next.value))
    size += next.value.length
    least = size >= least ? Math.max(least, wanted(Buffer.concat(chunks))) : least
    if (size >= least) {
      break
    }
  }
  return {head: Buffer.concat(chunks), body: resumed(chunks, iterator)}
}

async function* resumed(chunks: readonly Buffer[], iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* chunks
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
