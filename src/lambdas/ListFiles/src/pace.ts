import type {FileRecord, FileView} from '../../../types/domain'
import {sumBytesDone} from '../../../util/files/file-progress'

/** Workers report every 2 s; one silent for this long is dead or stalled. */
const freshMilliseconds = 15_000

const measureSpeed = ({status, updatedAt, progress = {}}: FileRecord, now: number): number | null => {
  const isFresh = status === 'Downloading' && now - Date.parse(updatedAt) < freshMilliseconds
  return isFresh ? Object.values(progress).reduce((sum, {speed}) => sum + speed, 0) || null : null
}

/** How far a file is, how fast, and how long it may still take. */
export const measurePace = (file: FileRecord, now = Date.now()): Pick<FileView, 'bytesDone' | 'speed' | 'secondsLeft'> => {
  const bytesDone = file.status === 'Downloaded' ? file.size ?? 0 : sumBytesDone(file)
  const speed = measureSpeed(file, now)
  const secondsLeft = speed === null || file.size === undefined ? null : Math.ceil(Math.max(0, file.size - bytesDone) / speed)
  return {bytesDone, speed, secondsLeft}
}
