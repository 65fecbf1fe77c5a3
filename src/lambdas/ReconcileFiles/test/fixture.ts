import {afterAll, afterEach, beforeEach, jest} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {fileKey, fileUserKey} from '../../../util/files/keys'

type Call = (input: Record<string, unknown>) => Promise<Record<string, unknown>>

export const startExecution = jest.fn<Call>()
export const describeExecution = jest.fn<Call>()
export const invoke = jest.fn<Call>()
export const headObject = jest.fn<Call>()
export const listObjects = jest.fn<Call>()
export const deleteObject = jest.fn<Call>()
export const listMultipartUploads = jest.fn<Call>()
export const abortMultipartUpload = jest.fn<Call>()
jest.unstable_mockModule('../../../lib/vendor/AWS/StepFunctions', () => ({startExecution}))
jest.unstable_mockModule('../../../lib/vendor/AWS/StepFunctionsExecutions', () => ({describeExecution}))
jest.unstable_mockModule('../../../lib/vendor/AWS/Lambda', () => ({invoke}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({headObject, listObjects, deleteObject}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => ({listMultipartUploads, abortMultipartUpload, listParts: jest.fn()}))

export const table = await startTable()
Object.assign(process.env, {
  BUCKET_NAME: 'media', STATE_MACHINE_ARN: 'arn:workflow', REQUEST_FILE_FUNCTION_NAME: 'RequestFile', OBJECT_CREATED_FUNCTION_NAME: 'S3ObjectCreated'
})
export const {handler} = await import('../src')

export const now = '2025-11-23T10:00:00.000Z'
export const before = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString()
export const sourceUrl = 'https://example.com/a.mp4'

export const file = (status: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey('a'), fileId: 'a', sourceUrl, correlationId: 'c-1', status, requestedAt: before(120), availableAt: before(120), updatedAt: before(6), ...more
})
export const user = {...fileUserKey('a', 'ann'), fileId: 'a', userId: 'ann', requestedAt: before(120)}
/** What a record has of its object, and the object that is just that. */
export const whole = {expectedSize: 7, s3Key: 'media/a.mp4'}
export const wholeObject = {ContentLength: 7, Metadata: {'correlation-id': 'c-1'}}

export const named = (name: string): Error => Object.assign(new Error(name), {name})
export const payloads = (): unknown[] => invoke.mock.calls.map(([{FunctionName, Payload}]) =>
  [FunctionName, JSON.parse(new TextDecoder().decode(Payload as Uint8Array))])

type Report = ReturnType<typeof handler>
type Scope = Awaited<Report>['scope']

const ruleArn = (name: string): string => `arn:aws:events:us-west-2:123456789012:rule/${name}`

/** What a schedule's rules set off. */
export const tick = (...rules: readonly string[]): Report =>
  handler({resources: (rules.length === 0 ? ['ReconcileFiles'] : rules).map(ruleArn)}, context)

/** What a tick finds and what becomes of it, in short. */
export const found = async (rule = 'ReconcileFiles'): Promise<string[]> => (await tick(rule)).drift.map(({kind, outcome}) => `${kind} ${outcome}`)

/** What `npm run doctor` is told: all there is to know of each drift. */
export const examine = (scope: Scope, dryRun = true): Report => handler({scope, dryRun}, context)

beforeEach(() => {
  freezeDate(now)
  for (const mock of [startExecution, describeExecution, invoke, headObject, listObjects, deleteObject, listMultipartUploads, abortMultipartUpload]) {
    mock.mockReset().mockResolvedValue({})
  }
  describeExecution.mockRejectedValue(named('ExecutionDoesNotExist'))
  headObject.mockRejectedValue(named('NotFound'))
  invoke.mockImplementation(async () => ({Payload: new TextEncoder().encode('{"statusCode": 202, "body": "{}"}')}))
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())
