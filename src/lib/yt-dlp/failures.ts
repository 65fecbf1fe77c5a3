import {NamedError, type ErrorName} from '../../util/errors'
import {type MessageRule, messageRules} from './messages'

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

/** What follows from a piece that did not come: the line before it says why. */
const consequence = /^ERROR: (?:fragment \d+ not found|write to closed file|unable to (?:continue|download video data: .*-Frag\d+))/i
const givenUp = /^ERROR: (?:\[download\] )?Got error: /i

/** The last error that yt-dlp wrote that is no consequence of another; without any the last line, which ends a Python traceback. */
const lastError = (stderr: string): string => {
  const lines = stderr.replaceAll('\r', '').split('\n')
  const last = lines.findLastIndex((line) => line.startsWith('ERROR:'))
  const cause = consequence.test(lines[last] ?? '') ? lines.findLastIndex((line) => givenUp.test(line)) : last
  const at = cause < 0 ? last : cause
  return at >= 0
    ? lines.slice(at, at + 3).filter((line, index) => index === 0 || !/^(?:\s|ERROR|WARNING|Traceback)/.test(line)).join(' ')
    : lines.findLast((line) => line.trim() !== '') ?? ''
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
const maxMilliseconds = 365 * 86_400_000

/** Whole seconds, rounded up. */
const toMilliseconds = (count: string, of: string): number => {
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
  return count === undefined ? undefined : toMilliseconds(count, of)
}

const spanWait = (name: ErrorName, message: string): number | undefined => {
  const [, count, of = ''] = spans[name]?.exec(message) ?? []
  return count === undefined ? undefined : toMilliseconds(count, of)
}

/** The time after a wait, with a margin. */
const againAt = (wait: number | undefined, now: number): string | undefined =>
  wait !== undefined && wait <= maxMilliseconds ? new Date(now + Math.max(0, wait) + marginMilliseconds).toISOString() : undefined

/** The error that a message of yt-dlp means; a message that no row knows is for the user to read. */
export const classify = (line: string): Pick<MessageRule, 'name' | 'what' | 'isOwn'> => {
  // The site's own words decide, not the media's id before them.
  const message = essence(line).replace(/^\[[\w:.+-]+\] (?:[\w.-]+: )?/, '')
  const rule = messageRules.find(({patterns}) => patterns.some((pattern) => pattern.test(message)))
  return rule ?? {name: 'UnsupportedSourceError', what: 'it could not be downloaded'}
}

/** A site that says when to ask again is as good as one that limits us. */
const passing = new Set<ErrorName>(['TransientSourceError', 'SourceForbiddenError'])

/** What a person can do about it. */
const advice: Readonly<Partial<Record<ErrorName, string>>> = {
  YtDlpNotFoundError: 'The operator of this service can install it.',
  FileTooLargeError: 'Ask for a smaller version, such as the preset 720p.',
  NotYetAvailableError: 'Request it again once it is.',
  RateLimitedError: 'Try again in a while.',
  TransientSourceError: 'Try again later.',
  GeoBlockedError: 'Look for another source of it.',
  NeedsCookiesError: 'Look for another source of it, or ask the operator of this service to give yt-dlp cookies.',
  SourceForbiddenError: 'Try again later, or look for another source of it.'
}

const otherAdvice = 'Check the link, or look for another source of it.'

const stumble = 'YtDlpException'

/** Whether yt-dlp itself failed, rather than the site: an exception that no message of its own covers. */
export const isStumble = (error: NamedError): boolean => error.cause instanceof Error && error.cause.name === stumble

/** The named error of a run of yt-dlp that failed, by what it wrote. */
export const ytDlpError = (stderr: string, exitCode: number | null, now = Date.now()): NamedError => {
  const message = essence(lastError(stderr))
  if (exitCode === null || message === '') {
    return new NamedError('TransientSourceError', 'The download of the media ended before it was done. Try again later. '
      + `(yt-dlp ended ${exitCode === null ? 'by a signal' : `with code ${exitCode}`} and said nothing.)`)
  }
  const {name, what, isOwn} = classify(message)
  const named = headerWait(lastError(stderr), now)
  const availableAt = againAt(named ?? spanWait(name, message), now)
  const code = named !== undefined && passing.has(name) ? 'RateLimitedError' : name
  return new NamedError(code,
    `The media cannot be downloaded: ${what}. ${advice[code] ?? otherAdvice} yt-dlp says: "${message.slice(0, maxQuoted)}".`, {
      ...(availableAt !== undefined && {availableAt}), ...(isOwn && {cause: Object.assign(new Error(message), {name: stumble})})
    })
}

/** The error that a run was content to warn of, of what it could not fetch; undefined without one. */
export const warnedError = (stderr: string): NamedError | undefined => {
  const warning = stderr.split('\n').findLast((line) => /^WARNING: .*\b(?:failed|unable) to download\b/i.test(line))
  return warning === undefined ? undefined : ytDlpError(warning.replace(/^WARNING/, 'ERROR'), 1)
}
