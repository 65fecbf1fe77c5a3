import {NamedError, type ErrorName} from '../../../util/errors'
import {messageRules} from './messages'

const maxQuoted = 300
const marginMilliseconds = 60_000
const milliseconds: Readonly<Record<string, number>> = {second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000}

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

/** A time span in words, by what stands before it. */
const spans: Readonly<Partial<Record<ErrorName, RegExp>>> = {
  NotYetAvailableError: /\bin (?:about )?(\d+|an?) (second|minute|hour|day)s?\b/i,
  RateLimitedError: /\b(?:for|after|in) (?:up to |about )?(\d+|an?) (second|minute|hour|day)s?\b/i
}

/** An execution lives for a year: what is further away is not waited for. */
const mostMilliseconds = 365 * 86_400_000

/** When a message such as "Premieres in 5 hours" or "rate-limited for up to an hour" lets us ask again, with a margin; undefined where it says nothing. */
const againAt = (name: ErrorName, message: string, now: number): string | undefined => {
  const [, count = '', unit = ''] = spans[name]?.exec(message) ?? []
  const amount = /^an?$/i.test(count) ? 1 : Number(count)
  const wait = (milliseconds[unit.toLowerCase()] ?? Number.NaN) * amount
  return wait <= mostMilliseconds ? new Date(now + wait + marginMilliseconds).toISOString() : undefined
}

/** The error that a message of yt-dlp means; a message that no row knows is for the user to read. */
export const classify = (line: string): {readonly name: ErrorName, readonly what: string} => {
  // The site's own words decide, not the media's id before them.
  const message = essence(line).replace(/^\[[\w:.+-]+\] (?:[\w.-]+: )?/, '')
  const rule = messageRules.find(({patterns}) => patterns.some((pattern) => pattern.test(message)))
  return rule ?? {name: 'UnsupportedSourceError', what: 'it could not be downloaded'}
}

/** The named error of a run of yt-dlp that failed, by what it wrote. */
export const ytDlpError = (stderr: string, exitCode: number | null, now = Date.now()): NamedError => {
  const message = essence(lastError(stderr))
  if (exitCode === null || message === '') {
    return new NamedError('TransientSourceError', `Expected yt-dlp to finish; it ended ${exitCode === null ? 'by a signal' : `with code ${exitCode}`} and said nothing.`)
  }
  const {name, what} = classify(message)
  const availableAt = againAt(name, message, now)
  return new NamedError(name, `Expected to download it by yt-dlp; ${what}: "${message.slice(0, maxQuoted)}".`, availableAt === undefined ? {} : {availableAt})
}
