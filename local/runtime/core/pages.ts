import {ServiceError} from './errors'

export interface Page<T> {
  readonly items: readonly T[]
  /** Undefined on the last page. */
  readonly next: string | undefined
}

const parseOffset = (token: string): number => {
  const offset = Number(Buffer.from(token, 'base64url').toString('utf8'))
  if (!Number.isSafeInteger(offset) || offset < 0 || token === '') {
    throw new ServiceError('ValidationException', `Expected a token that an earlier page gave; got '${token}'.`)
  }
  return offset
}

/** The page of a list that a token names, and the token of the one behind it. Throws ValidationException for a token that is not ours. */
export const takePage = <T>(all: readonly T[], limit: number, token?: string): Page<T> => {
  const from = token === undefined ? 0 : parseOffset(token)
  const to = from + limit
  return {items: all.slice(from, to), next: to < all.length ? Buffer.from(String(to)).toString('base64url') : undefined}
}
