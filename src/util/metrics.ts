import {emitMetrics} from '../lib/vendor/Metrics'
import {errorTable} from './errors'

/** Counts a request for a file that was accepted, be the file new or known. */
export const countRequest = (): void => emitMetrics({FilesRequested: {unit: 'Count', value: 1}})

interface Completion {
  readonly size: number
  readonly requestedAt: string
  readonly completedAt: string
}

/** Counts a file that is in S3, with its bytes and the time since someone asked for it; times are ISO 8601. */
export const countCompleted = ({size, requestedAt, completedAt}: Completion): void =>
  emitMetrics({
    FilesCompleted: {unit: 'Count', value: 1},
    BytesCompleted: {unit: 'Bytes', value: size},
    SecondsToCompleted: {unit: 'Seconds', value: Math.max(0, (Date.parse(completedAt) - Date.parse(requestedAt)) / 1000)}
  })

/**
 * Counts a file whose outcome is known; `errorCode` if it will not come. Both counters always get a value, so that their ratio is defined.
 * Codes that are not ours, such as `States.Timeout`, share one series: dimensions stay few.
 */
export const countSettled = (errorCode?: string): void => {
  emitMetrics({FilesSettled: {unit: 'Count', value: 1}, FilesFailed: {unit: 'Count', value: errorCode === undefined ? 0 : 1}})
  if (errorCode !== undefined) {
    emitMetrics({FilesFailed: {unit: 'Count', value: 1}}, {errorCode: Object.hasOwn(errorTable, errorCode) ? errorCode : 'Other'})
  }
}

/** Counts events that EventBridge did not take. */
export const countPublishFailure = (events: number): void => emitMetrics({EventsRefused: {unit: 'Count', value: events}})

/** Counts a file that the operator's cookies should have opened and did not. */
export const countCookiesRefused = (): void => emitMetrics({CookiesRefused: {unit: 'Count', value: 1}})

/** Emits the age, in seconds, of the most overdue file; 0 if none is overdue. */
export const measureOldestUnfinished = (seconds: number): void => emitMetrics({OldestUnfinishedSeconds: {unit: 'Seconds', value: seconds}})

const dayMilliseconds = 86_400_000

/**
 * Measures how old a version of yt-dlp is, in days: 2026.10.26 and 2026.10.26.232825 say when they were released. Another text measures
 * nothing.
 */
export const measureYtDlpAge = (version: string): void => {
  const [, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?!\d)/.exec(version) ?? []
  if (day !== undefined) {
    const days = Math.floor((Date.now() - Date.UTC(Number(year), Number(month) - 1, Number(day))) / dayMilliseconds)
    emitMetrics({YtDlpAgeDays: {unit: 'Count', value: Math.max(0, days)}})
  }
}
