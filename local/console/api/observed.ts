import type {ReadObserved} from '../../runtime/core/observed'
import {isOfType} from './entry'
import type {Journal} from './journal'

/** More than the journal keeps of a kind. */
const all = 100_000

/** The journal as services read it that tell what happened: logs and metrics. */
export const readObserved = (journal: Journal): ReadObserved => (type, name) =>
  journal.select({type, ...(name !== undefined && {name}), limit: all, ascending: true}).filter(isOfType(type))
