import {describe as group, expect, it} from '@jest/globals'
import type {Observation} from '../../runtime/core/types'
import {describe, line} from '../timeline'

const at = '2026-11-24T10:00:00.000Z'
const event = (detailType: string, detail: Readonly<Record<string, unknown>>): Observation => ({
  type: 'event', at, event: {version: '0', id: '1', 'detail-type': detailType, source: 's', account: '1', time: at, region: 'r', resources: [], detail}
})
const notification = (platform: string, message: unknown): Observation => ({type: 'notification', at, endpointArn: 'arn', platform, userId: 'ann', message})

group('describe', () => {
  it.each<[string, Observation, unknown]>([
    ['a request by its file', event('FileRequested', {fileId: 'youtube-a'}), {kind: 'event', subject: 'FileRequested', detail: 'youtube-a'}],
    ['metadata by title, type and size', event('FileMetadataReady', {fileId: 'f', title: 'Harbour', contentType: 'video/mp4', size: 2048}),
      {kind: 'event', subject: 'FileMetadataReady', detail: 'Harbour · video/mp4 · 2.0 KB'}],
    ['a failure by its reason', event('FileDownloadFailed', {fileId: 'f', errorCode: 'EmptyBodyError', errorMessage: 'Nothing came.'}),
      {kind: 'event', subject: 'FileDownloadFailed', detail: 'f · EmptyBodyError: Nothing came.'}],
    ['progress by its part of the whole', event('FileDownloadProgressed', {fileId: 'f', percent: 50, bytesDone: 1100, size: 2048}),
      {kind: 'event', subject: 'FileDownloadProgressed', detail: '50 % of 2.0 KB'}],
    ['a state that is entered', {type: 'state', at, executionArn: 'e', state: 'ClaimFile', phase: 'entered'}, {kind: 'state', subject: 'ClaimFile'}],
    ['a state that is tried again', {type: 'state', at, executionArn: 'e', state: 'TransferFile', phase: 'retrying', error: 'SourceStalledError'},
      {kind: 'state', subject: 'TransferFile', detail: 'retrying · SourceStalledError'}],
    ['a delivery that failed', {type: 'delivery', at, rule: 'FileRequested', target: 'arn:aws:lambda:r:1:function:StartFileUpload', eventId: '1', outcome: 'dead-lettered', attempt: 3, error: 'gone'},
      {kind: 'delivery', subject: 'FileRequested', detail: 'dead-lettered, attempt 3 · StartFileUpload · gone'}],
    ['the end of a workflow', {type: 'execution', at, executionArn: 'e', status: 'SUCCEEDED'}, {kind: 'workflow', subject: 'SUCCEEDED'}],
    ['an object by key and size', {type: 'object', at, bucket: 'b', key: 'media/f.mp4', size: 1024, eventName: 'ObjectCreated:Put'},
      {kind: 'object', subject: 'Put', detail: 'media/f.mp4 · 1.0 KB'}],
    ['a push on an Apple device', notification('APNS', {aps: {alert: {title: 'Download Complete', subtitle: 'Harbour', body: 'Ready'}}}),
      {kind: 'push', subject: 'APNS to ann', detail: 'Download Complete — Harbour — Ready'}],
    ['a push on an Android device', notification('GCM', {fcmV1Message: {message: {notification: {title: 'Download Complete', body: 'Harbour\nReady'}}}}),
      {kind: 'push', subject: 'GCM to ann', detail: 'Download Complete — Harbour Ready'}],
    ['a push of another form as it is', notification('APNS', 'hello'), {kind: 'push', subject: 'APNS to ann', detail: '"hello"'}]
  ])('tells %s', (_what, observation, entry) => {
    expect(describe(observation)).toEqual(entry)
  })

  it.each<[string, Observation]>([
    ['states that are left', {type: 'state', at, executionArn: 'e', state: 'ClaimFile', phase: 'exited'}],
    ['deliveries that went well', {type: 'delivery', at, rule: 'r', target: 't', eventId: '1', outcome: 'delivered', attempt: 1}],
    ['invocations that went well', {type: 'invocation', at, functionName: 'f', requestId: '1', milliseconds: 3}],
    ['log lines', {type: 'log', at, functionName: 'f', line: '{}'}]
  ])('leaves out %s', (_what, observation) => {
    expect(describe(observation)).toBeUndefined()
  })
})

group('line', () => {
  it('aligns time, kind, subject and detail', () => {
    expect([line(4, {kind: 'state', subject: 'ClaimFile'}), line(12_345, {kind: 'workflow', subject: 'SUCCEEDED', detail: 'well'})]).toEqual([
      '   0.004 s  state     ClaimFile',
      '  12.345 s  workflow  SUCCEEDED                   well'
    ])
  })
})
