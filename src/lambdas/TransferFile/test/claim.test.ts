import {describe, expect, test} from '@jest/globals'
import {claimed, context, failure, fileId, handler, input, multipart, nothingLeft, record, s3, site, table, transfer} from './fixture'

describe('the claim', () => {
  test.each([
    ['of another execution', {claimedBy: 'arn:other'}], ['of no one', {claimedBy: undefined}], ['of another attempt', {correlationId: 'correlation-2'}]
  ])('%s is not touched', async (_what, more) => {
    const {claimedBy, ...rest} = claimed('/synthetic/1000.mp4', more)
    const item = claimedBy === undefined ? rest : {...rest, claimedBy}
    await table.put(item)
    expect(await failure(handler(input, context()))).toMatchObject({name: 'ClaimLostError'})
    expect(await record()).toEqual(item)
    nothingLeft()
  })

  test('of a file that is gone is lost', async () => {
    expect(await failure(handler(input, context()))).toMatchObject({name: 'ClaimLostError'})
  })

  test('lost on the way ends the transfer and leaves nothing', async () => {
    multipart.uploadPart.mockImplementationOnce(async () => {
      await table.put(claimed('/synthetic/30000000.mp4', {claimedBy: 'arn:other'}))
      return {ETag: '"1"'}
    })
    expect(await failure(transfer('/synthetic/30000000.mp4'))).toMatchObject({name: 'ClaimLostError'})
    nothingLeft()
    expect(await record()).toEqual(claimed('/synthetic/30000000.mp4', {claimedBy: 'arn:other'}))
  })
})

describe('an invocation that comes again', () => {
  test('after its answer was lost finds the object and fetches nothing', async () => {
    const first = await transfer('/synthetic/1000.mp4')
    const asked = site.requests.length
    expect(await handler(input, context())).toEqual(first)
    expect([site.requests.length, multipart.createMultipartUpload.mock.calls.length]).toEqual([asked, 1])
  })

  test('after it was killed aborts the upload that was left open and begins again', async () => {
    await multipart.createMultipartUpload({Bucket: 'media-downloader', Key: 'media/url-1.mp4'})
    const [left] = s3.uploads.keys()
    expect(await transfer('/synthetic/1000.mp4', {status: 'Downloading', uploadId: left, s3Key: 'media/url-1.mp4'})).toMatchObject({size: 1000})
    expect(multipart.abortMultipartUpload.mock.calls).toEqual([[{Bucket: 'media-downloader', Key: 'media/url-1.mp4', UploadId: left}]])
    expect(s3.uploads.size).toBe(0)
  })

  test('does not mind an earlier upload that is gone', async () => {
    expect(await transfer('/synthetic/1000.mp4', {uploadId: 'gone', s3Key: 'media/url-1.mp4'})).toMatchObject({size: 1000})
  })

  test('fetches again where the object is of another attempt', async () => {
    s3.objects.set('media/url-1.mp4', {bytes: Buffer.alloc(1000), metadata: {'correlation-id': 'correlation-0'}})
    await transfer('/synthetic/1000.mp4', {s3Key: 'media/url-1.mp4', expectedSize: 1000})
    expect(s3.objects.get('media/url-1.mp4')?.metadata).toEqual({'file-id': fileId, 'correlation-id': 'correlation-1'})
  })
})
