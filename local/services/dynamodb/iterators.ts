import {AbstractKeyIterator, AbstractValueIterator} from 'abstract-level'

/**
 * Lets dynalite end its iterators. Version 4.0.0 does so by `return` (db/index.js), which those of abstract-level 3 do not have:
 * each Query and Scan would leave one open for the life of the process, with LevelDB's snapshot of that moment.
 */
export const letIteratorsEnd = (): void => {
  for (const {prototype} of [AbstractKeyIterator, AbstractValueIterator]) {
    Object.assign(prototype, {return(this: {close: () => Promise<void>}): Promise<void> { return this.close() }})
  }
}
