/** `340 ms`, `3.4 s`, `2 min 5 s`, `3 h 12 min` */
export const duration = (milliseconds: number): string => {
  if (milliseconds < 1000) {
    return `${Math.round(milliseconds)} ms`
  }
  const seconds = milliseconds / 1000
  if (seconds < 60) {
    return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`
  }
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)]
  return hours === 0 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${hours} h ${minutes % 60} min`
}

const clockFormat = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'})
const dayFormat = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short'})

/** A time that is none reads as it came. */
const formatted = (format: Intl.DateTimeFormat, at: string): string => Number.isNaN(Date.parse(at)) ? at : format.format(new Date(at))

/** `19:03:58` */
export const clockTime = (at: string): string => formatted(clockFormat, at)

/** `19:03:58.123` */
export const preciseTime = (at: string): string => Number.isNaN(Date.parse(at)) ? at : `${clockTime(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`

/** The day, unless it is today, and the time. */
export const when = (at: string, now = Date.now()): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? clockTime(at) : `${formatted(dayFormat, at)}, ${clockTime(at).slice(0, 5)}`

/** `just now`, `5 min ago`, `19 Nov, 12:03` */
export const ago = (at: string, now = Date.now()): string => {
  const minutes = Math.floor((now - Date.parse(at)) / 60_000)
  return minutes < 1 ? 'just now' : minutes < 60 ? `${minutes} min ago` : minutes < 720 ? `${Math.floor(minutes / 60)} h ago` : when(at, now)
}

/** Dollars of things that cost next to nothing. */
export const dollars = (amount: number): string => `$${amount >= 0.01 ? amount.toFixed(2) : amount.toFixed(7).replace(/\.?0+$/, '')}`

/** Where a URL leads, without `www.`. */
export const hostName = (url: string): string => URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url
