import type {Contract} from '../../../shared/contracts/schema'
import type {Letter} from '../../dlq/letter'
import type {Envelope} from '../refused'

export const contract: Contract = {event: 'FileSampled', schema: {
  title: 'FileSampled', type: 'object', 'x-amazon-events-source': 'mediadownloader.sample', 'x-amazon-events-detail-type': 'FileSampled',
  required: ['fileId', 'size'],
  properties: {fileId: {type: 'string'}, size: {type: 'integer', minimum: 1}, etag: {type: 'string'}, note: {type: 'string'}}
}}

export const detail = {fileId: 'abc', size: '7', etag: 'e1'}

export const envelope = (more: Partial<Envelope> = {}): Envelope =>
  ({id: 'event-1', source: 'mediadownloader.sample', 'detail-type': 'FileSampled', detail, ...more})

/** A letter of an on-failure queue. */
export const letter = (messageId: string, more: Partial<Letter> = {}): Letter => ({
  queue: 'MeasureFile-failed', messageId, receipt: `r-${messageId}`, since: '2025-11-23T10:00:00.000Z', from: 'MeasureFile', error: 'InvalidEventError',
  reason: 'Event event-1 does not fit the contract FileSampled version 0123456789ab: detail.size must be integer, got "7".',
  attempts: 3, event: 'FileSampled', fileId: 'abc', targetArn: 'arn:function', payload: envelope(), ...more
})
