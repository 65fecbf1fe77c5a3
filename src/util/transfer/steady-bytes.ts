import type {ByteRange} from '../sources/answered-range'
import {isNamedError, NamedError} from '../errors'
import {createPatience} from './patience'
import {type OpenedRange, type PlannedOptions, type PlannedSource, plannedSource, sourceChanged} from '../sources/planned-source'
import {isTurnedAway} from '../sources/source-errors'

export interface SteadyOptions extends PlannedOptions {
  readonly signal: AbortSignal
  /** How long to try without progress; a minute by default. */
  readonly patienceMilliseconds?: number
  /** Throws at once what turns the first request away: the caller, who has places to give, judges it and gives the next turn. */
  readonly givesWay?: boolean
  /** Called with what broke a connection, before the rest is asked for. */
  readonly onBreak?: (error: unknown) => void
}

const isBroken = (error: unknown): boolean => isNamedError(error, 'TransientSourceError', 'SourceStalledError', 'TruncatedBodyError')

async function* readBytes({body, host, end}: OpenedRange, start: number): AsyncGenerator<Buffer, void, undefined> {
  let at = start
  for await (const chunk of body) {
    at += chunk.length
    if (at > end) {
      throw sourceChanged(host, `it sends more than the ${end - start} bytes that it was asked for`)
    }
    yield chunk
  }
  if (at < end) {
    throw new NamedError(
      'TruncatedBodyError', `${host} sent ${at - start} of ${end - start} bytes and closed the connection. Try again later.`
    )
  }
}

/**
 * The bytes of a range of the planned version, whatever breaks on the way: each new request continues at the next byte. `first` is an
 * answer that is open already. A chunk is valid until the next one is asked for. Throws as `plannedSource`, and what broke the last
 * connection once a minute has passed without progress.
 */
export async function* steadyBytes(
  source: PlannedSource, range: ByteRange, options: SteadyOptions, first?: AsyncIterable<Buffer>
): AsyncGenerator<Buffer, void, undefined> {
  const {open} = plannedSource(source, options)
  const patience = createPatience(options.signal, options.patienceMilliseconds)
  let opened: OpenedRange | undefined = first && {body: first, end: range.end, host: source.url.host, close: () => undefined}
  for (let at = range.start; at < range.end;) {
    try {
      opened ??= await open({start: at, end: range.end})
      for await (const chunk of readBytes(opened, at)) {
        at += chunk.length
        patience.came(chunk.length)
        yield chunk
      }
    } catch (error) {
      if (!isBroken(error) || (options.givesWay && at === range.start && isTurnedAway(error))) {
        throw error
      }
      options.onBreak?.(error)
      await patience.rest(error)
    } finally {
      opened?.close()
      opened = undefined
    }
  }
}
