import {setTimeout as sleep} from 'node:timers/promises'
import {openSource, type SourceAnswer} from '../../lib/http/Http'
import {type CookieJar, createJar} from '../../lib/http/cookies'
import type {RangeCondition, SourceValidators} from '../../types/domain'
import {asObject} from '../../types/json'
import {type ByteRange, judge, nextCondition, type Verdict} from './answered-range'
import {permittedAddress, requirePlain} from './direct-source'
import {isNamedError, NamedError} from '../errors'
import {findRefusal} from './source-errors'
import {conditionHeaders, buildConditions} from './source-validators'

/** A file as it was when its transfer was planned. */
export interface PlannedSource {
  /** Where redirects led. */
  readonly url: URL
  /** The file's own URL, which is asked again once `url` does not serve any more: its redirects may lead elsewhere by then. */
  readonly origin?: URL | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly validators: SourceValidators
  /** What the source was found to honour. */
  readonly condition?: RangeCondition | undefined
  /** Bytes of the whole. */
  readonly size: number
  /** Cookies of this worker's earlier requests for the file. */
  readonly jar?: CookieJar | undefined
}

/** What was found out on the way, for other workers of the file. */
export type Learned = Pick<PlannedSource, 'url' | 'condition'>

export interface PlannedOptions {
  readonly signal?: AbortSignal | undefined
  /** Called before bytes are read by what was learned. */
  readonly onLearned?: ((learned: Learned) => Promise<unknown>) | undefined
}

/** An answer with bytes of the planned version, up to `end`. Read `body` once, or `close()`. */
export interface OpenedRange {
  readonly body: AsyncIterable<Buffer>
  readonly end: number
  readonly host: string
  close: () => void
}

/** Mirrors behind one address may have ETags of their own: how often to ask for the planned one. */
const maxMirrors = 12
const mirrorMilliseconds = 100

export const sourceChanged = (host: string, text: string, cause?: object): NamedError =>
  new NamedError(
    'SourceChangedError', `${host} has changed this file during the download: ${text}. Request it again to get the new version.`, {cause}
  )

const noRanges = (host: string): NamedError => new NamedError('PlanExpiredError',
  `${host} does not continue a download from where it stopped, so it begins again from the start. If it ends early again, try again later.`,
  {cause: {isUnheeded: true}})

/** Whether a SourceChangedError is of ETags alone that differ, so that mirrors may be the reason. */
export const isOfTagAlone = (error: unknown): boolean =>
  isNamedError(error, 'SourceChangedError') && asObject(error.cause).isTagAlone === true

/** Whether a PlanExpiredError is of a source that gives no ranges of one version. */
export const isOfNoRanges = (error: unknown): boolean =>
  isNamedError(error, 'PlanExpiredError') && asObject(error.cause).isUnheeded === true

/** Whether the file's own URL may know better: the redirect's target is gone, refuses or has something else. */
const isOfTarget = (error: unknown): boolean => isNamedError(error) && !isNamedError(error, 'RateLimitedError', 'PrivateAddressError')

interface Asked {
  readonly answer: SourceAnswer
  readonly verdict: Verdict
}

const ask = async (
  url: URL, range: ByteRange, condition: RangeCondition, source: PlannedSource, signal: AbortSignal | undefined
): Promise<Asked> => {
  const {validators, size} = source
  const headers = {...source.headers, range: `bytes=${range.start}-${range.end - 1}`, ...conditionHeaders(condition, validators)}
  const answer = await openSource(url, {headers, signal, permits: permittedAddress(), ...(source.jar && {jar: source.jar})})
  try {
    const verdict = judge(answer, {...range, size, validators, condition})
    if (verdict === undefined) {
      throw findRefusal(answer, answer.finalUrl.host) ?? noRanges(answer.finalUrl.host)
    }
    if (verdict.kind === 'same') {
      requirePlain(answer)
    } else {
      answer.close()
    }
    return {answer, verdict}
  } catch (error) {
    answer.close()
    throw error
  }
}

/** As `ask`; undefined if a redirect's target failed, so that the file's own URL is to be asked. */
const askTarget = async (...[url, range, condition, source, signal]: Parameters<typeof ask>): Promise<Asked | undefined> => {
  try {
    return await ask(url, range, condition, source, signal)
  } catch (error) {
    signal?.throwIfAborted()
    if (isOfTarget(error)) {
      return undefined
    }
    throw error
  }
}

export interface PlannedRanges {
  open: (range: ByteRange) => Promise<OpenedRange>
}

/**
 * A source whose ranges are asked for, each proven to be of the planned version. `open` throws SourceChangedError, PlanExpiredError if the
 * source gives no ranges of one version, the errors of `openSource` and of refusing statuses, and the signal's reason.
 */
export const plannedSource = (planned: PlannedSource, {signal, onLearned}: PlannedOptions = {}): PlannedRanges => {
  // The way to the file is gone once, and its cookies go with all further requests.
  const source = {jar: createJar(), ...planned}
  const {origin = source.url} = source
  const conditions = buildConditions(source.validators)
  let {url, condition = conditions[0] ?? 'compared'} = source

  const opened = async (
    {answer: {finalUrl, againUrl = finalUrl, body, close}}: Asked, form: RangeCondition, end: number
  ): Promise<OpenedRange> => {
    if (againUrl.href !== url.href || form !== condition) {
      [url, condition] = [againUrl, form]
      await onLearned?.({url, condition})
    }
    return {body, end, host: finalUrl.host, close}
  }

  const open = async (range: ByteRange): Promise<OpenedRange> => {
    let [target, form] = [url, condition]
    for (let mirrors = 0; ;) {
      const isOrigin = target.href === origin.href
      const asked = await (isOrigin ? ask : askTarget)(target, range, form, source, signal)
      if (asked?.verdict.kind === 'same') {
        return opened(asked, form, asked.verdict.end)
      }
      if (asked?.verdict.kind === 'unheeded') {
        const next = nextCondition(form, asked.answer.statusCode, conditions)
        if (next === undefined) {
          throw noRanges(asked.answer.finalUrl.host)
        }
        form = next
        continue
      }
      if (isOrigin && asked !== undefined) {
        const {answer: {finalUrl}, verdict} = asked
        if (!verdict.isTagAlone || ++mirrors === maxMirrors) {
          throw sourceChanged(finalUrl.host, verdict.text, verdict)
        }
        await sleep(mirrorMilliseconds * (0.5 + Math.random()), undefined, {signal})
      }
      target = origin
    }
  }
  return {open}
}

/** Whether a source has the planned version, if only on one of several mirrors. Throws as `plannedSource` does, but for changes. */
export const isThere = async (source: PlannedSource, signal: AbortSignal): Promise<boolean> => {
  try {
    const opened = await plannedSource(source, {signal}).open({start: 0, end: 1})
    opened.close()
    return true
  } catch (error) {
    if (isNamedError(error, 'SourceChangedError')) {
      return false
    }
    throw error
  }
}
