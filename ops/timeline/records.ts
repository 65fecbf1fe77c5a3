import {isObject} from '../../shared/json'
import type {Entry} from './entry'

type Item = Readonly<Record<string, unknown>>

/** What of a file's record the rest of the story needs. */
export interface FileFacts {
  readonly requestedAt: string
  readonly updatedAt: string
  readonly correlationId: string
  readonly claimedBy?: string
}

const text = (value: unknown): string => value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
const joined = (...parts: readonly unknown[]): string => parts.map(text).filter((part) => part !== '').join(' · ')

const requestEntry = ({userId, requestedAt}: Item, file: Item): Entry =>
  ({at: text(requestedAt), kind: 'request', subject: `by ${text(userId)}`, detail: text(file['sourceUrl']), from: 'table'})

const formatError = (file: Item): string => {
  const {error} = file
  return isObject(error) ? `${text(error['code'])}: ${text(error['message'])}` : ''
}

const recordEntry = (file: Item): Entry => ({
  at: text(file['completedAt'] ?? file['updatedAt']),
  kind: 'record',
  subject: text(file['status']),
  detail: joined(file['title'], file['s3Key'], file['size'] === undefined ? undefined : `${text(file['size'])} bytes`, formatError(file)),
  from: 'table'
})

/** `PUSH#<userId>#<deviceId>#<detail-type>#<etag or correlationId>`; users' names may hold `#` themselves. */
const pushEntry = ({SK, sentAt}: Item): Entry => {
  const [, who = '', outcome = ''] = /^PUSH#(.*)#(File\w+)#[^#]*$/.exec(text(SK)) ?? []
  return {at: text(sentAt), kind: 'push', subject: outcome, detail: `to ${who.replace(/#([^#]*)$/, ', device $1')}`, from: 'table'}
}

export interface Told {
  readonly entries: readonly Entry[]
  readonly notes: readonly string[]
}

/** The story as the table knows it. */
export const recordsStory = (items: readonly Item[]): Told => {
  const file = items.find(({SK}) => SK === 'FILE') ?? {}
  const requests = items.filter(({SK}) => text(SK).startsWith('USER#')).map((item) => requestEntry(item, file))
  const pushes = items.filter(({SK}) => text(SK).startsWith('PUSH#'))
  const sent = pushes.filter(({sentAt}) => sentAt !== undefined)
  const unsent = pushes.length - sent.length
  return {
    entries: [...requests, recordEntry(file), ...sent.map(pushEntry)],
    notes: unsent === 0 ? [] : [`${unsent} pushes are under way, or were never finished.`]
  }
}

/** Undefined if the table has no such file. */
export const findFacts = (items: readonly Item[]): FileFacts | undefined =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the record has these members from its first transition on
  items.find(({SK}) => SK === 'FILE') as unknown as FileFacts | undefined
