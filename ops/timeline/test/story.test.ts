import {describe, expect, test} from '@jest/globals'
import type {HistoryEvent} from '@aws-sdk/client-sfn'
import {type Entry, inOrder, formatStory} from '../entry'
import {historyStory} from '../history'
import {logsStory} from '../log-lines'
import {recordsStory} from '../records'

const at = (second: number): string => new Date(Date.UTC(2025, 10, 23, 10, 0, second)).toISOString()
const event = (id: number, type: string, more: Partial<HistoryEvent> = {}): HistoryEvent =>
  ({id, previousEventId: id - 1, type: type as HistoryEvent['type'], timestamp: new Date(at(id)), ...more})
const brief = (entries: readonly Entry[]): string[] => entries.map(({kind, subject, detail}) => [kind, subject, detail].join('|'))

describe('historyStory', () => {
  test('tells states, the workflow\'s own events and the bytes', () => {
    const entries = historyStory([
      event(1, 'ExecutionStarted'),
      event(2, 'TaskStateEntered', {stateEnteredEventDetails: {name: 'PublishFileDownloadStarted'}}),
      event(3, 'TaskScheduled', {taskScheduledEventDetails: {resourceType: 'events', resource: 'putEvents', region: 'us-west-2', parameters: '{"Entries":[{"DetailType":"FileDownloadStarted"}]}'}}),
      event(4, 'TaskStarted'),
      event(5, 'TaskSucceeded', {taskSucceededEventDetails: {resourceType: 'events', resource: 'putEvents'}}),
      event(6, 'TaskStateEntered', {stateEnteredEventDetails: {name: 'TransferFile'}}),
      event(7, 'TaskSucceeded', {taskSucceededEventDetails: {resourceType: 'lambda', resource: 'invoke', output: '{"Payload":{"s3Key":"media/url-1.mp4","size":7}}'}}),
      event(8, 'ExecutionSucceeded')
    ], 'execution-1')
    expect(brief(entries)).toEqual([
      'workflow|started|execution-1', 'state|PublishFileDownloadStarted|', 'event|FileDownloadStarted|by FileDownloadWorkflow',
      'state|TransferFile|', 'bytes|TransferFile|7 bytes to media/url-1.mp4', 'workflow|succeeded|'
    ])
    expect(entries[0]).toEqual({at: at(1), kind: 'workflow', subject: 'started', detail: 'execution-1', from: 'history'})
  })

  test('tells each failed try with the sentence of the function', () => {
    const cause = '{"errorType":"TransientSourceError","errorMessage":"The source hung up.","trace":[]}'
    expect(brief(historyStory([
      event(1, 'TaskStateEntered', {stateEnteredEventDetails: {name: 'TransferFile'}}),
      event(2, 'TaskFailed', {taskFailedEventDetails: {resourceType: 'lambda', resource: 'invoke', error: 'TransientSourceError', cause}}),
      event(3, 'TaskTimedOut', {taskTimedOutEventDetails: {resourceType: 'lambda', resource: 'invoke', error: 'States.Timeout'}}),
      event(4, 'ExecutionFailed', {executionFailedEventDetails: {error: 'TransientSourceError', cause: 'The source hung up.'}})
    ], 'execution-1'))).toEqual([
      'state|TransferFile|', 'state|TransferFile|failed: TransientSourceError: The source hung up.', 'state|TransferFile|failed: States.Timeout',
      'workflow|failed|TransientSourceError: The source hung up.'
    ])
  })
})

describe('recordsStory', () => {
  const file = {PK: 'FILE#url-1', SK: 'FILE', status: 'Failed', sourceUrl: 'https://example.com/a.mp4', updatedAt: at(9), error: {code: 'SourceGoneError', message: 'Gone.', retryable: false}}

  test('tells who asked, how it stands and who was told', () => {
    const {entries, notes} = recordsStory([
      file,
      {SK: 'USER#ann#1', userId: 'ann#1', requestedAt: at(0)},
      {SK: 'PUSH#ann#1#phone#FileDownloadFailed#c-1', state: 'sent', sentAt: at(10)},
      {SK: 'PUSH#ann#1#tablet#FileDownloadFailed#c-1', state: 'sending', leaseUntil: at(50)}
    ])
    expect(brief(entries)).toEqual(['request|by ann#1|https://example.com/a.mp4', 'record|Failed|SourceGoneError: Gone.', 'push|FileDownloadFailed|to ann#1, device phone'])
    expect(notes).toEqual(['1 pushes are under way, or were never finished.'])
  })
})

describe('logsStory', () => {
  const line = (fields: object): string => JSON.stringify({timestamp: at(1), level: 'INFO', function_name: 'TransferFile', message: 'The file was transferred.', ...fields})

  test('takes the lines of the file and of its attempt, and no other', () => {
    expect(brief(logsStory([
      line({fileId: 'url-1'}),
      line({correlationId: 'c-1', event: 'FileRequested', function_name: 'RequestFile', message: 'An event is on the bus.'}),
      line({fileId: 'url-1', event: 'FileRequested'}),
      line({fileId: 'url-1', sent: 2, message: 'The users of a file were told.', function_name: 'SendPushNotification'}),
      line({fileId: 'url-1', level: 'WARN', message: 'The transfer failed.', error: {name: 'ClaimLostError', message: 'No claim.'}}),
      line({fileId: 'url-2', correlationId: 'c-2'}), 'REPORT RequestId: 1', '{"_aws":{}}', ''
    ], 'url-1', 'c-1'))).toEqual([
      'log|TransferFile|The file was transferred.', 'event|FileRequested|by RequestFile', 'log|TransferFile|The file was transferred.', 'push|SendPushNotification|The users of a file were told. 2 sent',
      'log|TransferFile|WARN The transfer failed. ClaimLostError: No claim.'
    ])
  })
})

describe('One story', () => {
  const entry = (second: number, kind: Entry['kind'], subject: string): Entry => ({at: at(second), kind, subject, detail: '', from: 'table'})

  test('goes by time, and from causes to effects where the clock cannot tell', () => {
    expect(inOrder([entry(2, 'push', 'p'), entry(1, 'record', 'd'), entry(1, 'event', 'c'), entry(1, 'request', 'a')]).map(({subject}) => subject)).toEqual(['a', 'c', 'd', 'p'])
  })

  test('counts from its first entry', () => {
    expect(formatStory([entry(1, 'request', 'by ann'), entry(62, 'push', 'done')])).toEqual(['    0.000 s  request   by ann', '   61.000 s  push      done'])
  })
})
