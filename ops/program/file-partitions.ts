/** Partition keys of all that the table has of a file: its own, and those of its users and their pushes. As in src/util/files/keys.ts; a test compares. */
export const filePartitions = (fileId: string): readonly string[] =>
  [`FILE#${fileId}`, ...Array.from({length: 8}, (_, shard) => `FILE#${fileId}#${String(shard).padStart(2, '0')}`)]
