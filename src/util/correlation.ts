import {AsyncLocalStorage} from 'node:async_hooks'

/** What every event and log line of one piece of work has in common. */
export interface Correlation {
  readonly correlationId?: string
  readonly fileId?: string
}

const storage = new AsyncLocalStorage<Correlation>()

/** The correlation of the work at hand; empty if none was set. */
export const currentCorrelation = (): Correlation => storage.getStore() ?? {}

/** Sets the correlation for the rest of this invocation. */
export const setCorrelation = ({correlationId, fileId}: Correlation): void => storage.enterWith({correlationId, fileId})

/** Runs one of several concurrent pieces of work, such as a record of a batch, with a correlation of its own. */
export const withCorrelation = <T>({correlationId, fileId}: Correlation, work: () => T): T => storage.run({correlationId, fileId}, work)
