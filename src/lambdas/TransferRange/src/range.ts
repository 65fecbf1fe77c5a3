import {setTimeout as sleep} from 'node:timers/promises'
import type {RangeProgress} from '../../../types/domain'
import type {TransferRangeInput, TransferRangeOutput} from '../../../types/workflow'
import {whileClaimed} from '../../../util/files/lifecycle'
import {copyParts, type Cut} from './copy-parts'
import {combineCrcs} from '../../../util/transfer/crc-combine'
import type {Deadline} from '../../../util/deadline'
import {NamedError} from '../../../util/errors'
import {rangeName} from '../../../util/files/file-progress'
import {isLimited, type Release, takesOneAtATime} from '../../../util/hosts/host-lease'
import {isOfNoRanges, isOfTagAlone} from '../../../util/sources/planned-source'
import {toPlannedSource, recordLearned, recordWhole} from '../../../util/transfer/ranged-record'
import {steadyBytes} from '../../../util/transfer/steady-bytes'
import {bytesOfPart, listPartNumbers} from '../../../util/transfer/transfer-plan'
import {trackProgress} from '../../../util/transfer/transfer-progress'
import {type StoredPart, storedParts, toUpload} from '../../../util/transfer/uploads'
import type {RangedFile} from './claimed-range'

/** What this worker has brought. */
export interface Brought {
  parts: number
  /** Set once it has had its turn: whether it waited for it for long. */
  hasWaited?: boolean
}

export interface Bringing {
  readonly deadline: Deadline
  readonly brought: Brought
  /** Lets the next worker have the host: all bytes are read, though S3 does not have the last of them yet. */
  readonly release: Release
}

/** The first ranges, which begin together, ask the source one after the other. */
const firstRanges = 4
const apartMilliseconds = 250

const uploadGone = ({fileId}: RangedFile): NamedError =>
  new NamedError('PlanExpiredError', `The upload of file ${fileId} is gone, so its transfer is planned again. Nothing needs to be done.`)

/** Parts of the range that S3 has, whole and with a checksum; a lost worker costs the one that it was at. */
const partsThere = async (file: RangedFile, {range}: TransferRangeInput): Promise<Map<number, StoredPart>> => {
  const stored = await storedParts(toUpload(file.ranged.s3Key, file.ranged.uploadId), range)
  if (stored === undefined) {
    throw uploadGone(file)
  }
  return new Map([...stored].filter(([number, {bytes, crc32}]) => {
    const {start, end} = bytesOfPart(file.ranged, number)
    return bytes === end - start && crc32 !== ''
  }))
}

/** The parts that are missing, those that follow each other together: one request brings them all. */
const listMissingRuns = ({ranged}: RangedFile, {range}: TransferRangeInput, there: ReadonlyMap<number, unknown>): Cut[][] => {
  const runs: Cut[][] = []
  for (const number of listPartNumbers(range).filter((each) => !there.has(each))) {
    const cut = {number, ...bytesOfPart(ranged, number)}
    const run = runs.at(-1)
    if (run?.at(-1)?.number === number - 1) {
      run.push(cut)
    } else {
      runs.push([cut])
    }
  }
  return runs
}

const bringParts = async (
  file: RangedFile, input: TransferRangeInput, {deadline: {signal, abort}, brought, release}: Bringing
): Promise<StoredPart[]> => {
  const upload = toUpload(file.ranged.s3Key, file.ranged.uploadId)
  const there = await partsThere(file, input)
  const progress = trackProgress(file, rangeName(input.index), abort)
  let source = toPlannedSource(file, file.ranged)
  const onLearned = async (learned: Parameters<typeof recordLearned>[1]): Promise<void> => {
    source = {...source, ...learned}
    await recordLearned(file, learned)
  }
  const onPart = (number: number, part: StoredPart): void => {
    there.set(number, part)
    brought.parts += 1
  }
  try {
    const isAhead = await takesOneAtATime(source.url)
    const runs = listMissingRuns(file, input, there)
    for (const cuts of runs) {
      const done = [...there.values()].reduce((sum, {bytes}) => sum + bytes, 0)
      const bytes =
        steadyBytes(source, {start: cuts[0]!.start, end: cuts.at(-1)!.end}, {signal, onLearned, givesWay: isLimited(source.url)})
      await copyParts(bytes, cuts, upload, {
        signal, isAhead, onPart, onBytes: (count) => progress.report(done + count), onRead: cuts === runs.at(-1) ? release : undefined
      })
    }
  } finally {
    await progress.settled()
  }
  return listPartNumbers(input.range).map((number) => there.get(number)!)
}

const bringApart = async (file: RangedFile, input: TransferRangeInput, bringing: Bringing): Promise<StoredPart[]> => {
  const {signal} = bringing.deadline
  await sleep(input.index < firstRanges ? input.index * apartMilliseconds : 0, undefined, {signal}).catch(() => signal.throwIfAborted())
  try {
    return await bringParts(file, input, bringing)
  } catch (error) {
    // Of ETags that never stay the same a stream as a whole makes one version.
    if (isOfNoRanges(error) || (isOfTagAlone(error) && (file.restarts ?? 0) > 0)) {
      await recordWhole(file)
    }
    throw error
  }
}

/** Brings the parts of a range that are not in S3 yet, one after the other, and leaves in the record what S3ObjectCreated compares. */
export const bringRange = async (file: RangedFile, input: TransferRangeInput, bringing: Bringing): Promise<TransferRangeOutput> => {
  const parts = await bringApart(file, input, bringing)
  const whole: RangeProgress = {bytes: parts.reduce((sum, {bytes}) => sum + bytes, 0), speed: 0, crc32: combineCrcs(parts)}
  await whileClaimed.progressed(file, {range: rangeName(input.index), 'progress.#range': whole})
  return {parts: parts.map(({etag}, index) => ({PartNumber: input.range.firstPart + index, ETag: etag}))}
}
