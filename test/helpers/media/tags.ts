/** An ID3v2 tag with `content` bytes of content, without the header's ten. */
export const id3 = (content: number, {version = 4, footer = false} = {}): Buffer => {
  const size = [21, 14, 7, 0].map((shift) => content >> shift & 0x7f)
  const header = Buffer.from([0x49, 0x44, 0x33, version, 0, footer ? 0x10 : 0, ...size])
  return Buffer.concat([header, Buffer.alloc(content, 0x55), ...footer ? [Buffer.concat([Buffer.from('3DI'), header.subarray(3)])] : []])
}

/** An APEv2 tag with its header in front and `content` bytes behind it. */
export const ape = (content: number): Buffer => {
  const header = Buffer.alloc(32)
  header.write('APETAGEX', 'latin1')
  header.writeUInt32LE(2000, 8)
  header.writeUInt32LE(content, 12)
  header.writeUInt32LE(0xa0000000, 20)
  return Buffer.concat([header, Buffer.alloc(content, 0x55)])
}

/** GUIDs of ASF in front of a data object: a file of Windows Media with these streams. */
export const asf = (...streams: ReadonlyArray<'audio' | 'video'>): Buffer => {
  const guids = {audio: '409e69f84d5bcf11a8fd00805f5c442b', video: 'c0ef19bc4d5bcf11a8fd00805f5c442b'}
  return Buffer.concat([
    Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'), Buffer.alloc(14, 1),
    ...streams.map((stream) => Buffer.concat([Buffer.from('9107dcb7b7a9cf118ee600c00c205365', 'hex'), Buffer.alloc(8, 1), Buffer.from(guids[stream], 'hex'), Buffer.alloc(60)])),
    Buffer.from('3626b2758e66cf11a6d900aa0062ce6c', 'hex'), Buffer.alloc(400, 0x2a)
  ])
}
