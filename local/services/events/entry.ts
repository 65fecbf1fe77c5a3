import {isObject} from '../../../shared/json'
import type {Place} from '../../../shared/wiring/place'
import type {EventEnvelope, PutEventsEntry, PutEventsResult} from '../../runtime/core/types'

type Failure = PutEventsResult['Entries'][number]

const TIME_BYTES = 14
export const NESTING = 1000
const DETAIL_TYPE_CHARACTERS = 128

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevents-size, in bytes. */
export const entrySize = ({Time, Source = '', DetailType = '', Detail = '', Resources = []}: PutEventsEntry): number =>
  [Source, DetailType, Detail, ...Resources].reduce((size, text) => size + Buffer.byteLength(text), Time === undefined ? 0 : TIME_BYTES)

const invalid = (name: string, reason: string): Failure => ({ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}`})

/** Whether a JSON value has objects or arrays within each other at more levels than these. */
export const nestsDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((member) => nestsDeeper(member, levels - 1)))

const parseDetail = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const detail: unknown = JSON.parse(text)
    return isObject(detail) && !nestsDeeper(detail, NESTING) ? detail : undefined
  } catch {
    return undefined
  }
}

/** What is wrong with an entry by itself, as PutEvents words it; undefined if nothing is. */
const findFailure = ({Source, DetailType, Detail}: PutEventsEntry): Failure | undefined => {
  const missing = Object.entries({Source, DetailType, Detail}).find(([, value]) => value === undefined || value === '')
  if (missing !== undefined) {
    return invalid(missing[0], `${missing[0]} is a required argument.`)
  }
  if (DetailType!.length > DETAIL_TYPE_CHARACTERS) {
    return invalid('DetailType', `DetailType is longer than ${DETAIL_TYPE_CHARACTERS} characters.`)
  }
  return Source!.startsWith('aws.')
    ? {ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.'}
    : undefined
}

const seconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

/** The event that an entry becomes, or why it does not. */
export const createEnvelope = (entry: PutEventsEntry, place: Place, now: number, id: string): EventEnvelope | Failure => {
  const detail = parseDetail(entry.Detail ?? '')
  return findFailure(entry) ?? (detail === undefined
    ? {ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.'}
    : {
        version: '0',
        id,
        'detail-type': entry.DetailType!,
        source: entry.Source!,
        account: place.account,
        time: seconds(entry.Time === undefined ? now : entry.Time * 1000),
        region: place.region,
        resources: entry.Resources ?? [],
        detail
      })
}
