const SECOND = 1000
const DAY = 86_400 * SECOND

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric'
  })
  formats.set(zone, known)
  return known
}

/** Whether it is a zone of the IANA's database. */
export const isZone = (zone: string): boolean => {
  try {
    return /^[A-Za-z]/.test(zone) && Boolean(formatOf(zone))
  } catch {
    return false
  }
}

/** What clocks in a zone show at a time (epoch ms), as if it were UTC. */
export const wallTime = (at: number, zone: string): number => {
  if (zone === 'UTC') {
    return at
  }
  const parts = Object.fromEntries(formatOf(zone).formatToParts(at).map(({type, value}) => [type, Number(value)]))
  return Date.UTC(parts['year']!, parts['month']! - 1, parts['day'], parts['hour'], parts['minute'], parts['second'])
}

/** The first time at which clocks in a zone show this; undefined if they skip it in spring. */
export const timeAt = (wall: number, zone: string): number | undefined => {
  if (zone === 'UTC') {
    return wall
  }
  const offsets = [wall - DAY, wall + DAY].map((near) => wallTime(near, zone) - near)
  return offsets.map((offset) => wall - offset).filter((at) => wallTime(at, zone) === wall).sort((one, other) => one - other)[0]
}
