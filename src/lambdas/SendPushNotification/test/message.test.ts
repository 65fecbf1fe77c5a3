import {expect, test} from '@jest/globals'
import {messageFor} from '../src/message'

const long = {title: 'Download Failed', body: '日'.repeat(2_048), mediaTitle: '\u0001'.repeat(1_024), data: {fileId: 'f'.repeat(128), s3Key: 'k'.repeat(1_024)}}

test('the longest message fits the 4 KB of APNs and FCM', () => {
  const {Message = ''} = messageFor('arn:endpoint', 'f'.repeat(128), long)
  const payloads = Object.entries(JSON.parse(Message) as Record<string, string>)
  expect(Object.fromEntries(payloads.map(([platform, payload]) => [platform, Buffer.byteLength(payload) <= 4_096])))
    .toEqual({default: true, APNS: true, APNS_SANDBOX: true, GCM: true})
})

test('a collapse id has at most 64 bytes', () => {
  const {MessageAttributes} = messageFor('arn:endpoint', `twitch-clip-${'a'.repeat(100)}`, long)
  expect(MessageAttributes?.['AWS.SNS.MOBILE.APNS.COLLAPSE_ID']?.StringValue).toBe('a'.repeat(64))
})

test('a text is cut between characters, with an ellipsis', () => {
  const {Message = ''} = messageFor('arn:endpoint', 'url-1', {title: 'T', body: '🎬'.repeat(301), data: {}})
  expect((JSON.parse(Message) as {default: string}).default).toBe(`T: ${'🎬'.repeat(299)}…`)
})
