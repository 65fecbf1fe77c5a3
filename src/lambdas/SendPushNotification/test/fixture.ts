import {afterAll, afterEach, beforeEach, jest} from '@jest/globals'
import type {DeleteEndpointCommandInput, PublishCommandInput} from '@aws-sdk/client-sns'
import type {ChangeMessageVisibilityCommandInput, SendMessageCommandInput} from '@aws-sdk/client-sqs'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {example} from '../../../../test/helpers/example'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {deviceKey, fileUserKey, pushKey} from '../../../util/files/keys'

export const publish = jest.fn<(input: PublishCommandInput) => Promise<{MessageId?: string}>>()
export const deleteEndpoint = jest.fn<(input: DeleteEndpointCommandInput) => Promise<unknown>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/SNS', () => ({publish, deleteEndpoint}))
export const sendMessage = jest.fn<(input: SendMessageCommandInput) => Promise<object>>()
export const changeMessageVisibility = jest.fn<(input: ChangeMessageVisibilityCommandInput) => Promise<object>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/SQS', () => ({sendMessage, changeMessageVisibility}))
export const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

export const table = await startTable()
export const queueUrl = 'https://sqs.us-west-2.amazonaws.com/123456789012/Pushes'
Object.assign(process.env, {PUSH_QUEUE_URL: queueUrl})
export const {handler} = await import('../src')

export const now = '2025-11-23T10:00:10.000Z'
export const completed = example('FileDownloadCompleted', 'video')
export const failed = example('FileDownloadFailed', 'transient')
export const {fileId} = completed
export const completedEvent = envelopeOf('FileDownloadCompleted', completed)
export const outcome = `FileDownloadCompleted#${completed.etag}`

type Item = Record<string, unknown>
export const user = (userId: string): Item => ({...fileUserKey(fileId, userId), fileId, userId, requestedAt: now})
export const arnOf = (userId: string, deviceId: string): string => `arn:aws:sns:us-west-2:123456789012:endpoint/APNS/MediaDownloader/${userId}-${deviceId}`
export const device = (userId: string, deviceId: string): Item =>
  ({...deviceKey(userId, deviceId), userId, deviceId, platform: 'APNS', endpointArn: arnOf(userId, deviceId), updatedAt: now})
export const sentRow = (userId: string, deviceId: string, name = outcome): Item =>
  ({...pushKey(fileId, userId, deviceId, name), state: 'sent', sentAt: now, expiresAt: Date.parse(now) / 1_000 + 120 * 86_400})
/** By user and device, whatever partition they are in. */
export const ledger = async (): Promise<Item[]> => (await table.all()).filter(({SK}) => String(SK).startsWith('PUSH#'))
  .sort((one, other) => String(one.SK) < String(other.SK) ? -1 : 1)

export const named = (name: string, message = 'no'): Error => Object.assign(new Error(message), {name})
export const targets = (): string[] => publish.mock.calls.map(([{TargetArn = ''}]) => TargetArn).toSorted()
export const messageOf = ([{Message = ''}]: [PublishCommandInput]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(JSON.parse(Message) as Record<string, string>).map(([key, text]) => [key, key === 'default' ? text : JSON.parse(text)]))
export const attribute = (StringValue: string): object => ({DataType: 'String', StringValue})

beforeEach(() => {
  freezeDate(now)
  emitMetrics.mockReset()
  publish.mockReset().mockResolvedValue({MessageId: 'm-1'})
  sendMessage.mockReset().mockResolvedValue({})
  changeMessageVisibility.mockReset().mockResolvedValue({})
  deleteEndpoint.mockReset().mockResolvedValue({})
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())
