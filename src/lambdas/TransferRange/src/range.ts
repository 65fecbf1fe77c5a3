import type {RangeProgress} from '../../../types/domain'
import type {TransferRangeInput, TransferRangeOutput} from '../../../types/workflow'
import {changeClaimed} from '../../../util/claimed-file'
import {copyPart} from '../../../util/copy-part'
import {combineCrcs} from '../../../util/crc-combine'
import type {Deadline} from '../../../util/deadline'
import {NamedError} from '../../../util/errors'
import {rangeName} from '../../../util/file-progress'
import {bytesOfPart, partsOf} from '../../../util/transfer-plan'
import {progressOf} from '../../../util/transfer-progress'
import {type StoredPart, storedParts, uploadOf} from '../../../util/uploads'
import type {RangedFile} from './claimed-range'

/** What this worker has brought. */
export interface Brought {
  parts: number
  /** Set once it has had its turn: whether it waited for it for long. */
  hasWaited?: boolean
}

const uploadGone = ({fileId}: RangedFile): NamedError =>
  new NamedError('PlanExpiredError', `Expected the upload of file ${fileId} to be open; it is gone. The transfer is planned anew.`)

/** Parts of the range that S3 has, whole and with a checksum; a lost worker costs the one that it was at. */
const partsThere = async (file: RangedFile, {range}: TransferRangeInput): Promise<Map<number, StoredPart>> => {
  const stored = await storedParts(uploadOf(file.ranged.s3Key, file.ranged.uploadId), range)
  if (stored === undefined) {
    throw uploadGone(file)
  }
  return new Map([...stored].filter(([number, {bytes, crc32}]) => {
    const {start, end} = bytesOfPart(file.ranged, number)
    return bytes === end - start && crc32 !== ''
  }))
}

const bringParts = async (file: RangedFile, input: TransferRangeInput, {signal, abort}: Deadline, brought: Brought): Promise<StoredPart[]> => {
  const {url, s3Key, uploadId, ...ranged} = file.ranged
  const there = await partsThere(file, input)
  const progress = progressOf(file, rangeName(input.index), abort)
  let done = [...there.values()].reduce((sum, {bytes}) => sum + bytes, 0)
  try {
    for (const number of partsOf(input.range).filter((each) => !there.has(each))) {
      const {start, end} = bytesOfPart(ranged, number)
      const part = await copyPart({...ranged, url: new URL(url)}, {start, end}, {...uploadOf(s3Key, uploadId), PartNumber: number}, {
        signal, onBytes: (bytes) => progress.report(done + bytes)
      })
      there.set(number, {...part, bytes: end - start})
      done += end - start
      brought.parts += 1
    }
  } finally {
    await progress.settled()
  }
  return partsOf(input.range).map((number) => there.get(number)!)
}

/** Brings the parts of a range that are not in S3 yet, one after the other, and leaves in the record what S3ObjectCreated compares. */
export const bringRange = async (file: RangedFile, input: TransferRangeInput, deadline: Deadline, brought: Brought): Promise<TransferRangeOutput> => {
  const parts = await bringParts(file, input, deadline, brought)
  const whole: RangeProgress = {bytes: parts.reduce((sum, {bytes}) => sum + bytes, 0), speed: 0, crc32: combineCrcs(parts)}
  await changeClaimed(file, `progress.${rangeName(input.index)} = :whole`, {':whole': whole})
  return {parts: parts.map(({etag}, index) => ({PartNumber: input.range.firstPart + index, ETag: etag}))}
}
