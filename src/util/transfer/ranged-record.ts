import type {RangedTransfer} from '../../types/domain'
import type {ClaimedFile} from '../files/claimed-file'
import {whileClaimed} from '../files/lifecycle'
import type {Learned, PlannedSource} from '../sources/planned-source'
import {plannedValidators} from '../sources/source-validators'

type Planned = Pick<RangedTransfer, 'url' | 'headers' | 'validator' | 'validators' | 'condition' | 'size'>

/** A file's source as it was planned. Streams of yt-dlp have no URL of their own to ask again: its sites sign what they give. */
export const toPlannedSource = ({sourceUrl, mediaUrl = sourceUrl, extractor}: ClaimedFile, planned: Planned): PlannedSource => ({
  url: new URL(planned.url),
  headers: planned.headers, validators: plannedValidators(planned), condition: planned.condition, size: planned.size,
  ...(extractor !== 'yt-dlp' && {origin: new URL(mediaUrl)})
})

/** Tells the other workers of a file what one has found out about its source. Throws ClaimLostError. */
export const recordLearned = (file: ClaimedFile, {url, condition}: Learned): Promise<unknown> =>
  whileClaimed.learned(file, {'ranged.url': url.href, 'ranged.condition': condition})

/** Records that a file's source gives no ranges of one version, so that the next worker streams it as a whole. Throws ClaimLostError. */
export const recordWhole = (file: ClaimedFile): Promise<unknown> => whileClaimed.foundWhole(file, {'ranged.isWhole': true})
