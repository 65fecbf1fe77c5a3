import type {Observation} from '../../runtime/core/types'
import type {Facts} from './facts'

/** An observation with its place in the journal and what it is about. */
export type Entry = Facts & Observation & {readonly id: number}

export type EntryOf<Type extends Entry['type']> = Extract<Entry, {type: Type}>

export const isOfType = <Type extends Entry['type']>(type: Type) => (entry: Entry): entry is EntryOf<Type> => entry.type === type
