/** Memory that waits for its next use. Left to the collector, that of a few parts would pile up before it runs. */
const spare: ArrayBufferLike[] = []
const most = 4

/** Returns an uninitialised buffer of `bytes` bytes. */
export const borrowBuffer = (bytes: number): Buffer => {
  const index = spare.findIndex(({byteLength}) => byteLength >= bytes)
  const [memory] = index === -1 ? [] : spare.splice(index, 1)
  return memory === undefined ? Buffer.allocUnsafeSlow(bytes) : Buffer.from(memory, 0, bytes)
}

/** Takes a borrowed buffer back, once no one reads or writes it any more. */
export const returnBuffer = ({buffer}: Buffer): void => {
  spare.unshift(buffer)
  spare.length = Math.min(spare.length, most)
}
