/** How many bytes a step takes, and what comes after it; undefined after a frame. https://www.rfc-editor.org/rfc/rfc8878#section-3.1 */
interface Step {
  readonly bytes: number
  readonly then: (taken: Buffer) => Step | undefined
  /** Whether `then` reads what was taken. */
  readonly isRead: boolean
}

const skip = (bytes: number, then: () => Step | undefined): Step => ({bytes, then, isRead: false})
const read = (bytes: number, then: (taken: Buffer) => Step | undefined): Step => ({bytes, then, isRead: true})

const readBlock = (hasChecksum: boolean): Step => read(3, (header) => {
  const bits = header.readUIntLE(0, 3)
  const [isLast, type, size] = [(bits & 1) === 1, bits >> 1 & 3, bits >> 3]
  const after = (): Step | undefined => isLast ? (hasChecksum ? skip(4, () => undefined) : undefined) : readBlock(hasChecksum)
  // A run is one byte, however long it is.
  return skip(type === 1 ? 1 : size, after)
})

const readHeader = (): Step => read(1, (descriptor) => {
  const bits = descriptor[0]!
  const isSingle = (bits & 0x20) !== 0
  const size = [isSingle ? 1 : 0, 2, 4, 8][bits >> 6]!
  return skip((isSingle ? 0 : 1) + [0, 1, 2, 4][bits & 3]! + size, () => readBlock((bits & 4) !== 0))
})

const isSkippable = (magic: number): boolean => magic >>> 4 === 0x184d2a5

const readFrame = (): Step => read(4, (magic) =>
  isSkippable(magic.readUInt32LE()) ? read(4, (size) => skip(size.readUInt32LE(), () => undefined)) : readHeader())

const endedEarly = (): Error => Object.assign(new Error('unexpected end of file'), {code: 'Z_BUF_ERROR'})

/** Counts the bytes of one frame: how many of these belong to it, and whether it ends there. */
const frameCounter = () => {
  let step: Step | undefined = readFrame()
  let left = step.bytes
  let taken: Buffer[] = []
  return (bytes: Buffer): {readonly count: number, readonly isWhole: boolean} => {
    let at = 0
    while (step !== undefined && (left === 0 || at < bytes.length)) {
      const piece = bytes.subarray(at, at + left)
      at += piece.length
      left -= piece.length
      if (step.isRead) {
        taken.push(Buffer.from(piece))
      }
      if (left === 0) {
        step = step.then(Buffer.concat(taken))
        taken = []
        left = step?.bytes ?? 0
      }
    }
    return {count: at, isWhole: step === undefined}
  }
}

/**
 * The frames of a Zstandard stream, each to be read before the next. Reading one throws an error with the code `Z_BUF_ERROR`, as zlib has
 * it, if the bytes end before it does.
 */
export async function* zstdFrames(body: AsyncIterable<Buffer>): AsyncGenerator<AsyncIterable<Buffer>, void, undefined> {
  const iterator = body[Symbol.asyncIterator]()
  let rest: Buffer | undefined
  const next = async (): Promise<Buffer | undefined> => {
    while (rest === undefined || rest.length === 0) {
      const next = await iterator.next()
      if (next.done === true) {
        return undefined
      }
      rest = next.value
    }
    return rest
  }
  async function* frame(): AsyncGenerator<Buffer, void, undefined> {
    const count = frameCounter()
    for (let bytes = await next(); bytes !== undefined; bytes = await next()) {
      const {count: mine, isWhole} = count(bytes)
      rest = bytes.subarray(mine)
      yield bytes.subarray(0, mine)
      if (isWhole) {
        return
      }
    }
    throw endedEarly()
  }
  try {
    while (await next() !== undefined) {
      yield frame()
    }
  } finally {
    await iterator.return?.()
  }
}
