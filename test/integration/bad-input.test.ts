import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {CreateMultipartUploadCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client} from '@aws-sdk/client-s3'
import {call, eventsOf, notificationsOf, registerDevice, requestFile, settledFile} from '../helpers/api'
import {bucketName} from '../helpers/wiring'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {eventually, startSystem, type System} from '../helpers/system'

interface Refusal {
  readonly error: {readonly code: string, readonly message: string, readonly retryable: boolean}
}

// A source that stalls is given 20 s, and six tries.
const patience = 200_000

let system: System
let site: MediaSite
let s3: S3Client

beforeAll(async () => {
  site = await startMediaSite()
  system = await startSystem(['--ephemeral', '--allow-private-sources', '--fast-retries', '--max-file-bytes', String(64 * 1024 * 1024)])
  s3 = new S3Client({endpoint: system.address, forcePathStyle: true, region: 'us-west-2', credentials: {accessKeyId: 'local', secretAccessKey: 'local'}})
})

afterAll(async () => {
  s3?.destroy()
  await system?.stop()
  await site?.close()
})

describe('A request that cannot be meant', () => {
  it.each([
    ['not JSON', '{"url":', 400, 'InvalidRequestError'],
    ['no url', {link: 'https://example.com/a.mp4'}, 400, 'InvalidUrlError'],
    ['not a URL', {url: 'harbour'}, 400, 'InvalidUrlError'],
    ['an unsupported scheme', {url: 'ftp://example.com/a.mp4'}, 400, 'UnsupportedSchemeError'],
    ['a file on our disk', {url: 'file:///etc/passwd'}, 400, 'UnsupportedSchemeError'],
    ['a body over the limit', {url: 'https://example.com/' + 'a'.repeat(100_000)}, 413, 'RequestTooLargeError']
  ])('is refused by name: %s', async (_what, body, status, code) => {
    const answer = await call<Refusal>(system, 'ann', 'POST', '/files', body)
    expect(answer).toEqual({status, body: {error: {code, message: expect.stringMatching(/.{20,}/), retryable: false}}})
  })

  it('is refused without the token at the webhook', async () => {
    const answer = await call<Refusal>(system, 'wrong-token', 'POST', '/feedly', {articleURL: 'https://example.com/a.mp4'})
    expect([answer.status, answer.body.error.code]).toEqual([401, 'UnauthorizedError'])
  })
})

describe('A source that does not deliver', () => {
  const isClean = async (fileId: string): Promise<void> => {
    const objects = await s3.send(new ListObjectsV2Command({Bucket: bucketName(), Prefix: `media/${fileId}`}))
    const uploads = await s3.send(new ListMultipartUploadsCommand({Bucket: bucketName(), Prefix: `media/${fileId}`}))
    expect([objects.Contents ?? [], uploads.Uploads ?? []]).toEqual([[], []])
  }

  it.each([
    ['404', '/status/404/a.mp4', 'SourceNotFoundError', false],
    ['403', '/status/403/a.mp4', 'SourceForbiddenError', false],
    ['an HTML page under a media name', '/html.mp4', 'HtmlInsteadOfMediaError', false],
    ['an empty body', '/empty.mp4', 'EmptyBodyError', false],
    ['a body shorter than announced', '/short.mp4', 'TruncatedBodyError', true],
    ['a source that stalls', '/stall.mp4', 'SourceStalledError', true],
    ['a body over the size limit', '/synthetic/80000000.mp4', 'FileTooLargeError', false],
    ['a body over the size limit that no one announced', '/synthetic/80000000.mp4?chunked=1', 'FileTooLargeError', false],
    ['redirects without end', '/redirect-loop.mp4', 'TooManyRedirectsError', false]
  ])('ends in one honest failure: %s', async (_what, path, code, retryable) => {
    const user = `user-${code}-${path.length}`
    await registerDevice(system, user, 'phone')
    const {body: {fileId}} = await requestFile(system, user, site.url(path))
    const file = await settledFile(system, user, fileId, patience)
    expect(file).toMatchObject({status: 'Failed', downloadUrl: null, error: {code, message: expect.stringMatching(/.{20,}/), retryable}})
    const failed = await eventually('FileDownloadFailed', () => eventsOf(system, 'FileDownloadFailed').find((line) => JSON.stringify(line).includes(fileId)))
    expect(failed['event']).toMatchObject({detail: {fileId, errorCode: code, retryable}})
    await eventually('the push', () => notificationsOf(system).find((line) => line['userId'] === user))
    await isClean(fileId)
  }, patience + 30_000)

  it('says that an unknown host is unknown', async () => {
    const {body: {fileId}} = await requestFile(system, 'ann', 'http://no-such-host.invalid/a.mp4')
    expect((await settledFile(system, 'ann', fileId)).error).toEqual({code: 'UnknownHostError', message: expect.any(String), retryable: false})
  })

  it('leaves other uploads of the bucket alone', async () => {
    const {UploadId} = await s3.send(new CreateMultipartUploadCommand({Bucket: bucketName(), Key: 'media/somebody-else.mp4'}))
    const {body: {fileId}} = await requestFile(system, 'ann', site.url('/short.mp4?other=1'))
    await settledFile(system, 'ann', fileId, 60_000)
    const {Uploads} = await s3.send(new ListMultipartUploadsCommand({Bucket: bucketName()}))
    expect(Uploads?.map((upload) => upload.UploadId)).toEqual([UploadId])
  }, 90_000)
})

describe('Without --allow-private-sources', () => {
  let guarded: System

  beforeAll(async () => { guarded = await startSystem(['--ephemeral', '--fast-retries']) })
  afterAll(async () => { await guarded?.stop() })

  it.each(['http://127.0.0.1/a.mp4', 'http://localhost/a.mp4', 'http://169.254.169.254/latest/meta-data', 'http://[::1]/a.mp4', 'http://10.0.0.7/a.mp4', 'http://2130706433/a.mp4'])(
    'a private address is refused: %s', async (url) => {
      const answer = await call<Refusal>(guarded, 'ann', 'POST', '/files', {url})
      expect([answer.status, answer.body.error.code]).toEqual([400, 'PrivateAddressError'])
    })
})
