import {describe, expect, test} from '@jest/globals'
import {abortMultipartUpload, before, examine, file, found, listMultipartUploads, named, now, table, tick} from './fixture'

const uploads = (minutes: number, Key = 'media/a.mp4', UploadId = 'u-1') => ({Uploads: [{Key, UploadId, Initiated: new Date(before(minutes))}]})

describe('an upload', () => {
  test.each([
    ['of no record', 61, undefined, ['upload-without-owner mended']],
    ['that may not be in its record yet', 59, undefined, []],
    ['that may have come into its record just now', 60, undefined, []],
    ['of a transfer', 61, file('Downloading', {uploadId: 'u-1', updatedAt: now}), []],
    ['that a look has filled', 61, file('MetadataReady', {looked: {uploadId: 'u-1'}, updatedAt: now, claimedBy: 'arn:one'}), []],
    ['that a failed transfer left for the next try', 23 * 60, file('Failed', {uploadId: 'u-1'}), []],
    ['whose ranges are kept for the next try', 23 * 60, file('Failed', {ranged: {uploadId: 'u-1'}}), []],
    ['that was left for just a day', 24 * 60, file('Failed', {uploadId: 'u-1'}), []],
    ['of ranges that were left for longer than a day', 24 * 60 + 1, file('Failed', {ranged: {uploadId: 'u-1'}}), ['upload-without-owner mended']],
    ['that was left for longer than a day', 24 * 60 + 1, file('Failed', {uploadId: 'u-1'}), ['upload-without-owner mended']],
    ['that another has taken the place of', 61, file('Downloading', {uploadId: 'u-2', updatedAt: now}), ['upload-without-owner mended']],
    ['of a file that is done', 61, file('Downloaded', {uploadId: 'u-1'}), ['upload-without-owner mended']]
  ])('%s, begun %i minutes ago', async (_, minutes, record, drift) => {
    listMultipartUploads.mockResolvedValue(uploads(minutes))
    if (record !== undefined) {
      await table.put(record)
    }
    expect(await found()).toEqual(drift)
    expect(abortMultipartUpload.mock.calls).toEqual(drift.map(() => [{Bucket: 'media', Key: 'media/a.mp4', UploadId: 'u-1'}]))
  })

  test('is told with its key and the first 16 characters of its id, since it was begun', async () => {
    listMultipartUploads.mockResolvedValue(uploads(61, 'media/a.mp4', '0123456789abcdefghi'))
    expect((await examine('unfinished')).drift).toEqual([
      {kind: 'upload-without-owner', fileId: 'a', since: before(61), detail: 'media/a.mp4, upload 0123456789abcdef…', outcome: 'found'}
    ])
  })

  test('is aborted beside another of the same file', async () => {
    listMultipartUploads.mockResolvedValue({Uploads: [...uploads(61).Uploads, ...uploads(61, 'media/a.mp4', 'u-2').Uploads]})
    expect(await found()).toEqual(['upload-without-owner mended', 'upload-without-owner mended'])
    expect(abortMultipartUpload.mock.calls.map(([{UploadId}]) => UploadId).toSorted()).toEqual(['u-1', 'u-2'])
  })

  test('that someone else has aborted meanwhile is repaired', async () => {
    listMultipartUploads.mockResolvedValue(uploads(61))
    abortMultipartUpload.mockRejectedValue(named('NoSuchUpload'))
    expect(await found()).toEqual(['upload-without-owner mended'])
  })

  test('under a key that is none of a file\'s is aborted, and each page is read', async () => {
    listMultipartUploads
      .mockResolvedValueOnce({...uploads(61), IsTruncated: true, NextKeyMarker: 'k', NextUploadIdMarker: 'u'})
      .mockResolvedValueOnce(uploads(61, 'media/a b.mp4'))
    expect((await tick()).drift.map(({fileId}) => fileId).toSorted()).toEqual(['a', 'media/a b.mp4'])
    expect(listMultipartUploads).toHaveBeenLastCalledWith({Bucket: 'media', Prefix: 'media/', KeyMarker: 'k', UploadIdMarker: 'u'})
  })

  test('that cannot be aborted is an error of the tick', async () => {
    listMultipartUploads.mockResolvedValue(uploads(61))
    abortMultipartUpload.mockRejectedValue(named('AccessDenied'))
    await expect(tick()).rejects.toThrow('first upload-without-owner of a: AccessDenied')
  })
})
