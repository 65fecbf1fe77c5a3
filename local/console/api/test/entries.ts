import {openStore} from '../../../runtime/core/store'
import type {EventEnvelope, Observation} from '../../../runtime/core/types'
import {type Journal, openJournal} from '../journal'

export const at = '2026-11-25T10:00:00.000Z'

export const envelope = (id: string, detail: EventEnvelope['detail'] = {fileId: 'file-1', correlationId: 'c-1'}, detailType = 'FileRequested'): EventEnvelope => ({
  version: '0', id, 'detail-type': detailType, source: 'mediadownloader.request', account: '123456789012', time: at, region: 'us-west-2', resources: [], detail
})

export const said = (id: string, detail?: EventEnvelope['detail'], detailType?: string): Observation =>
  ({type: 'event', at, event: envelope(id, detail, detailType), bus: 'MediaDownloaderEvents', rules: ['FileRequested']})

export const delivered = (eventId: string, outcome: 'delivered' | 'retrying' | 'dead-lettered' = 'delivered', attempt = 1): Observation =>
  ({type: 'delivery', at, rule: 'FileRequested', target: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload', eventId, outcome, attempt})

export const logged = (line: string, requestId = 'r-1'): Observation => ({type: 'log', at, functionName: 'StartFileUpload', line, requestId})

export const journalOf = (...observations: readonly Observation[]): Journal => {
  const journal = openJournal(openStore(':memory:'))
  observations.forEach(journal.record)
  return journal
}
