import {ServiceError} from './errors'

/** A whole number of the query. Throws ValidationException. */
export const numberIn = (query: URLSearchParams, name: string, most: number): number | undefined => {
  const text = query.get(name)
  if (text === null) {
    return undefined
  }
  if (!/^\d+$/.test(text) || Number(text) > most) {
    throw new ServiceError('ValidationException', `\`${name}\` takes a whole number up to ${most}, not '${text}'.`)
  }
  return Number(text)
}

/** Those members of the query that are named and not empty. */
export const textsIn = <Name extends string>(query: URLSearchParams, names: readonly Name[]): Partial<Record<Name, string>> =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- it has these names alone
  Object.fromEntries(names.flatMap((name) => query.get(name) ? [[name, query.get(name)]] : [])) as Partial<Record<Name, string>>

/** Throws ValidationException. */
export const timeIn = (query: URLSearchParams, name: string): number => {
  const time = Date.parse(query.get(name) ?? '')
  if (Number.isNaN(time)) {
    throw new ServiceError('ValidationException', `\`${name}\` takes an ISO 8601 time, not '${query.get(name) ?? ''}'.`)
  }
  return time
}
