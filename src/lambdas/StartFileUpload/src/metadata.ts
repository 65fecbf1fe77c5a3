import type {FileRecord} from '../../../types/domain'
import {lifecycle} from '../../../util/files/lifecycle'
import type {IdentifiedSource} from '../../../util/sources/identify-source'
import type {LookedUpload} from '../../../util/transfer/keep-looked'
import type {Extras} from './extras'

/** What a source said, or as much of it as is known; limits are those of the contract FileMetadataReady. */
export type Metadata = Partial<Omit<IdentifiedSource, 'availableAt'
  | 'extras'>> & Pick<IdentifiedSource, 'title'> & Extras & {readonly looked?: LookedUpload | undefined}

/** Metadata, and from when on the media is there, if it is not yet. */
export type Identified = Metadata & Pick<IdentifiedSource, 'availableAt'>

const cut = (text: string | undefined, most: number): string | undefined =>
  text === undefined ? undefined : [...text].slice(0, most).join('')

const withinLimits = ({title, description, authorName, authorUser, contentType, ...rest}: Metadata): Metadata => ({
  ...rest, title: cut(title, 1024)!,
  description: cut(description, 5000), authorName: cut(authorName, 512), authorUser: cut(authorUser, 512),
  contentType: cut(contentType, 255)
})

/** Records what a source has, and whether it can be fetched now; undefined if another invocation was first. */
export const recordIdentified = (file: FileRecord, {availableAt, ...metadata}: Identified): Promise<FileRecord | undefined> =>
  availableAt === undefined
    ? lifecycle.identified(file, {...withinLimits(metadata), availableAt: new Date().toISOString()})
    : recordScheduled(file, metadata, availableAt)

/** Records from when on a source can be fetched, or asked; undefined if another invocation was first. */
export const recordScheduled = (file: FileRecord, metadata: Metadata, availableAt: string): Promise<FileRecord | undefined> =>
  lifecycle.scheduled(file, {...withinLimits(metadata), availableAt})
