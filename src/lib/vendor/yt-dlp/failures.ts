import {NamedError, type ErrorName} from '../../../util/errors'
import {messageRules} from './messages'

const maxQuoted = 300
const marginMilliseconds = 60_000
const milliseconds: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}

/** The message itself: without prefix, advice to report it, and cause. Throws nothing. */
const essence = (message: string): string => message
  .replace(/^ERROR:\s*/, '')
  .replace(/;? please report this issue on .*$/is, '')
  .replace(/\s*\(caused by .*$/s, '')
  .replace(/\s+/g, ' ')
  .trim()

/** The last error that yt-dlp wrote; without any the last line, which ends a Python traceback. */
const lastError = (stderr: string): string => {
  const lines = stderr.split('\n')
  const at = lines.findLastIndex((line) => line.startsWith('ERROR:'))
  return at >= 0 ? lines.slice(at, at + 3).filter((line, index) => index === 0 || !/^(?:\s|WARNING|Traceback)/.test(line)).join(' ') : lines.findLast((line) => line.trim() !== '') ?? ''
}

const amount = '(\\d+(?:\\.\\d+)?|\\.\\d+|an?)'
const unit = '(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)'

/** A time span in words, by what stands before it. */
const spans: Readonly<Partial<Record<ErrorName, RegExp>>> = {
  NotYetAvailableError: new RegExp(`\\bin (?:about )?${amount} ?${unit}\\b`, 'i'),
  RateLimitedError: new RegExp(`\\b(?:for|after|in|wait) (?:up to |at least |about |another )?${amount} ?${unit}\\b`, 'i')
}

/** The header, or a member of an answer: "Retry-After: 30", "retry_after=30.5", "retry-after-ms: 1500"; seconds if it has no unit. */
const header = new RegExp(`retry[-_ ]?after([-_ ]?ms)?["']?\\s*[:= ]\\s*["']?${amount}(?: ?${unit})?(?![\\w.])`, 'i')
const headerDate = /retry[-_ ]?after["']?\s*[:= ]\s*["']?([a-z]{3}, \d\d [a-z]{3} \d{4} \d\d:\d\d:\d\d gmt)/i

/** An execution lives for a year: what is further away is not waited for. */
const mostMilliseconds = 365 * 86_400_000

/** Whole seconds, rounded up. */
const millisecondsOf = (count: string, of: string): number => {
  const each = /^ms|^milli/i.test(of) ? 1 : milliseconds[of.charAt(0).toLowerCase()] ?? Number.NaN
  return Math.ceil((/^an?$/i.test(count) ? 1 : Number(count)) * each / 1000) * 1000
}

/** Milliseconds that a `Retry-After` in a message asks for; undefined without one. */
const headerWait = (message: string, now: number): number | undefined => {
  const date = headerDate.exec(message)?.[1]
  if (date !== undefined) {
    return Date.parse(date) - now
  }
  const [, inMilliseconds, count, of = inMilliseconds === undefined ? 's' : 'ms'] = header.exec(message) ?? []
  return count === undefined ? undefined : millisecondsOf(count, of)
}

const spanWait = (name: ErrorName, message: string): number | undefined => {
  const [, count, of = ''] = spans[name]?.exec(message) ?? []
  return count === undefined ? undefined : millisecondsOf(count, of)
}

/** The time after a wait, with a margin. */
const againAt = (wait: number | undefined, now: number): string | undefined =>
  wait !== undefined && wait <= mostMilliseconds ? new Date(now + Math.max(0, wait) + marginMilliseconds).toISOString() : undefined

/** The error that a message of yt-dlp means; a message that no row knows is for the user to read. */
export const classify = (line: string): {readonly name: ErrorName, readonly what: string} => {
  // The site's own words decide, not the media's id before them.
  const message = essence(line).replace(/^\[[\w:.+-]+\] (?:[\w.-]+: )?/, '')
  const rule = messageRules.find(({patterns}) => patterns.some((pattern) => pattern.test(message)))
  return rule ?? {name: 'UnsupportedSourceError', what: 'it could not be downloaded'}
}

/** A site that says when to ask again is as good as one that limits us. */
const passing = new Set<ErrorName>(['TransientSourceError', 'SourceForbiddenError'])

/** The named error of a run of yt-dlp that failed, by what it wrote. */
export const ytDlpError = (stderr: string, exitCode: number | null, now = Date.now()): NamedError => {
  const message = essence(lastError(stderr))
  if (exitCode === null || message === '') {
    return new NamedError('TransientSourceError', `Expected yt-dlp to finish; it ended ${exitCode === null ? 'by a signal' : `with code ${exitCode}`} and said nothing.`)
  }
  const {name, what} = classify(message)
  const named = headerWait(lastError(stderr), now)
  const availableAt = againAt(named ?? spanWait(name, message), now)
  return new NamedError(named !== undefined && passing.has(name) ? 'RateLimitedError' : name, `Expected to download it by yt-dlp; ${what}: "${message.slice(0, maxQuoted)}".`, availableAt === undefined ? {} : {availableAt})
}
