import {NamedError} from '../../../util/errors'
import type {ApiEvent} from '../../../util/http-api'
import {fileUserPrefix, isFilePartition} from '../../../util/files/keys'

type IndexKey = Readonly<Record<string, string>>

/** One page of a user's files, as asked for. */
export interface Page {
  readonly limit: number
  readonly startKey?: IndexKey
}

const defaultLimit = 50
const maxLimit = 100

const parseLimit = (text: string | undefined): number => {
  const limit = text === undefined ? defaultLimit : Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    throw new NamedError('InvalidRequestError', `Expected \`limit\` to be a whole number from 1 to ${maxLimit}; got '${text}'.`)
  }
  return limit
}

// The user is not in the token: a token from another user's list reads on in the caller's own.
const indexKey = (userId: string, partition: string, requestedAt: string): IndexKey =>
  ({PK: `FILE#${partition}`, SK: `${fileUserPrefix}${userId}`, userId, requestedAt})

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z$/.test(text)

const decodeStartKey = (userId: string, token: string): IndexKey => {
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- reading what is no list throws
    const [partition, requestedAt] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown[]
    if (typeof partition === 'string' && isFilePartition(`FILE#${partition}`) && typeof requestedAt === 'string' && isTime(requestedAt)) {
      return indexKey(userId, partition, requestedAt)
    }
  } catch (cause) {
    throw new NamedError('InvalidRequestError', 'Expected `nextToken` as the last answer gave it.', {cause})
  }
  throw new NamedError('InvalidRequestError', 'Expected `nextToken` as the last answer gave it.')
}

/** Reads `limit` and `nextToken`. Throws InvalidRequestError. */
export const parsePage = (userId: string, {queryStringParameters: {limit, nextToken} = {}}: ApiEvent): Page =>
  ({limit: parseLimit(limit), ...(nextToken && {startKey: decodeStartKey(userId, nextToken)})})

/** The token of the page that begins after `lastKey`, or null at the end. */
export const encodeNextToken = (lastKey: Readonly<Record<string, unknown>> | undefined): string | null =>
  lastKey === undefined
    ? null
    : Buffer.from(JSON.stringify([String(lastKey.PK).replace(/^FILE#/, ''), lastKey.requestedAt])).toString('base64url')
