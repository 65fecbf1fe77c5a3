const dayNames = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const longDayNames = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day'
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(?<month>${monthNames.join('|')})`
const time = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)'

/** IMF-fixdate, RFC 850 and asctime: the three forms of RFC 9110, 5.6.7. */
const forms = [
  `${dayNames}, (?<day>\\d\\d) ${month} (?<year>\\d{4}) ${time} GMT`,
  `${longDayNames}, (?<day>\\d\\d)-${month}-(?<year>\\d\\d) ${time} GMT`,
  `${dayNames} ${month} (?<day>\\d\\d| \\d) ${time} (?<year>\\d{4})`
].map((form) => new RegExp(`^${form}$`, 'i'))

/** RFC 9110: a year of two digits is at most 50 years ahead, else of the past. */
const fullYear = (year: string, now: number): number => {
  if (year.length === 4) {
    return Number(year)
  }
  const thisYear = new Date(now).getUTCFullYear()
  const inThisCentury = thisYear - thisYear % 100 + Number(year)
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury
}

/**
 * Epoch milliseconds of an HTTP-date (RFC 9110, 5.6.7), undefined for any other text; `Date.parse` takes `120.5` for a day of the year 120.
 */
export const parseHttpDate = (text: string, now = Date.now()): number | undefined => {
  const found = forms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined)
  if (found === undefined) {
    return undefined
  }
  const monthIndex = monthNames.indexOf(found['month']!.toLowerCase())
  const day = Number(found['day'])
  const [hour, minute, second] = [found['hour'], found['minute'], found['second']].map(Number)
  const date = new Date(0)
  date.setUTCFullYear(fullYear(found['year']!, now), monthIndex, day)
  // The 31st of November would be the 1st of December.
  return date.getUTCDate() === day && date.getUTCMonth() === monthIndex ? date.setUTCHours(hour!, minute, second) : undefined
}
