const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/

/** A time in the profile of RFC 3339 that ASL asks for (capital T and Z), in ms; undefined for anything else. */
export const parseTimestamp = (value: unknown): number | undefined => {
  const at = typeof value === 'string' && RFC3339.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
