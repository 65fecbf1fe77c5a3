import {describe, expect, test} from '@jest/globals'
import {before, examine, file, found, headObject, invoke, named, payloads, startExecution, table, tick, whole, wholeObject} from './fixture'

const claimed = (more: Record<string, unknown> = {}): Record<string, unknown> => file('Downloading', {claimedBy: 'arn:old', ...whole, ...more})

describe('a file past its metadata', () => {
  test('whose object is whole is completed by S3ObjectCreated, as if its bucket had said so', async () => {
    headObject.mockResolvedValue(wholeObject)
    await table.put(claimed())
    expect(await found()).toEqual(['object-without-completion mended'])
    expect(payloads()).toEqual([['S3ObjectCreated', {Records: [{s3: {bucket: {name: 'media'}, object: {key: 'media%2Fa.mp4'}}}]}]])
    expect(startExecution).not.toHaveBeenCalled()
  })

  test('whose object is whole is told with its key, by which the bucket is asked', async () => {
    headObject.mockResolvedValue(wholeObject)
    await table.put(claimed())
    expect((await examine('unfinished')).drift).toEqual([
      {kind: 'object-without-completion', fileId: 'a', since: before(6), detail: 'Downloading, though media/a.mp4 is whole', outcome: 'found'}
    ])
    expect(headObject.mock.calls).toEqual([[{Bucket: 'media', Key: 'media/a.mp4'}]])
  })

  test('whose object is whole, of parts that an earlier attempt began, is completed too', async () => {
    headObject.mockResolvedValue({ContentLength: 7, Metadata: {'correlation-id': 'c-0'}})
    await table.put(claimed({begunBy: 'c-0'}))
    expect(await found()).toEqual(['object-without-completion mended'])
  })

  test.each([
    ['of another size', {ContentLength: 8, Metadata: {'correlation-id': 'c-1'}}],
    ['of another attempt', {ContentLength: 7, Metadata: {'correlation-id': 'c-0'}}]
  ])('with an object %s is transferred again', async (_, object) => {
    headObject.mockResolvedValue(object)
    await table.put(claimed())
    expect(await found()).toEqual(['claim-without-execution mended'])
  })

  test('whose object cannot be looked at is an error, and not transferred again', async () => {
    headObject.mockRejectedValue(named('AccessDenied'))
    await table.put(claimed())
    await expect(tick()).rejects.toThrow('AccessDenied')
    expect(startExecution).not.toHaveBeenCalled()
  })
})

describe('S3ObjectCreated', () => {
  test('is waited for, as only its answer tells whether the file is done', async () => {
    headObject.mockResolvedValue(wholeObject)
    await table.put(claimed())
    await tick()
    expect(invoke.mock.calls.map(([{InvocationType}]) => InvocationType)).toEqual(['RequestResponse'])
  })

  test('that refuses an object is an error of the tick', async () => {
    headObject.mockResolvedValue(wholeObject)
    invoke.mockResolvedValue({FunctionError: 'Unhandled', Payload: new TextEncoder().encode('no')})
    await table.put(claimed())
    await expect(tick()).rejects.toThrow('Expected S3ObjectCreated to take the object media/a.mp4; it failed: no')
  })

  test('that says much as it fails is quoted with 500 characters', async () => {
    headObject.mockResolvedValue(wholeObject)
    invoke.mockResolvedValue({FunctionError: 'Unhandled', Payload: new TextEncoder().encode(`${'x'.repeat(500)}y`)})
    await table.put(claimed())
    const {drift} = await examine('unfinished', false)
    expect(drift.map(({reason}) => reason)).toEqual([`Expected S3ObjectCreated to take the object media/a.mp4; it failed: ${'x'.repeat(500)}`])
  })
})
