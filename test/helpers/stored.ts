import {createHash} from 'node:crypto'
import {expect} from '@jest/globals'
import type {FileView} from '../../src/types/domain'
import {syntheticBytes} from './media/synthetic'

const sha256Of = (bytes: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256')
  for (const chunk of bytes) {
    hash.update(chunk)
  }
  return hash.digest('hex')
}

/** What lies in S3 is what the media site has as a synthetic MP4, byte for byte. */
export const requireStored = async ({downloadUrl}: Pick<FileView, 'downloadUrl'>, size: number, version?: number): Promise<void> => {
  const stored = new Uint8Array(await (await fetch(downloadUrl!)).arrayBuffer())
  expect([stored.length, sha256Of([stored])]).toEqual([size, sha256Of(syntheticBytes('mp4', 0, size, undefined, version))])
}
