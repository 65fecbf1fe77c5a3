import {describe, expect, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {fileKey} from '../../../util/files/keys'
import {
  abortMultipartUpload, before, describeExecution, examine, file, handler, headObject, invoke, listMultipartUploads, listObjects, named,
  startExecution, table, tick, user, whole, wholeObject
} from './fixture'

test('finds nothing if there is nothing, and reads no object for that', async () => {
  expect(await tick()).toEqual({scope: 'unfinished', found: 0, failed: 0, drift: []})
  expect([listObjects, headObject, describeExecution].map((mock) => mock.mock.calls.length)).toEqual([0, 0, 0])
})

describe('a tick', () => {
  test.each([
    ['the daily rule', ['ReconcileFilesDaily'], 'all', 1],
    ['the daily rule among others', ['ReconcileFiles', 'ReconcileFilesDaily'], 'all', 1],
    ['another rule', ['ReconcileFiles'], 'unfinished', 0]
  ])('of %s looks at what is its scope', async (_, rules, scope, listings) => {
    expect(await tick(...rules)).toEqual({scope, found: 0, failed: 0, drift: []})
    expect(listObjects).toHaveBeenCalledTimes(listings)
  })

  test('of no rule looks at what is unfinished', async () => {
    expect(await handler({resources: []}, context)).toEqual({scope: 'unfinished', found: 0, failed: 0, drift: []})
  })
})

describe('an examination', () => {
  test('changes nothing if it is a dry run', async () => {
    listMultipartUploads.mockResolvedValue({Uploads: [{Key: 'media/b.mp4', UploadId: 'u-1', Initiated: new Date(before(61))}]})
    await table.put(file('Requested', {...fileKey('r'), fileId: 'r'}), file('Downloading', {claimedBy: 'arn:old'}), user)
    const items = await table.all()
    const report = await examine('all')
    expect({...report, drift: report.drift.map(({kind, outcome}) => `${kind} ${outcome}`)}).toEqual({
      scope: 'all', found: 3, failed: 0, drift: ['request-without-event found', 'claim-without-execution found', 'upload-without-owner found']
    })
    expect(await table.all()).toEqual(items)
    expect([invoke, startExecution, abortMultipartUpload].map((mock) => mock.mock.calls.length)).toEqual([0, 0, 0])
  })

  test('tells a file once, however it was found', async () => {
    headObject.mockResolvedValue(wholeObject)
    listObjects.mockResolvedValue({Contents: [{Key: 'media/a.mp4', LastModified: new Date(before(61))}]})
    await table.put(file('Downloading', {claimedBy: 'arn:old', ...whole}))
    expect(await examine('all')).toEqual(expect.objectContaining({found: 1}))
  })

  test('tells a file with a whole object once, though its status changes between the record and the bucket', async () => {
    headObject.mockImplementation(async () => {
      await table.put(file('Failed', whole))
      return wholeObject
    })
    listObjects.mockResolvedValue({Contents: [{Key: 'media/a.mp4', LastModified: new Date(before(61))}]})
    await table.put(file('Downloading', {claimedBy: 'arn:old', ...whole}))
    expect((await examine('all')).drift.map(({detail}) => detail)).toEqual(['Downloading, though media/a.mp4 is whole'])
    expect(headObject).toHaveBeenCalledTimes(2)
  })

  test('counts all drift and tells the first thousand', async () => {
    const keys = Array.from({length: 1_001}, (_, index) => `media/no file ${index}.mp4`)
    listMultipartUploads.mockResolvedValue({Uploads: keys.map((Key) => ({Key, UploadId: 'u-1', Initiated: new Date(before(61))}))})
    const {found, drift} = await examine('unfinished')
    expect(found).toBe(1_001)
    expect(drift.map(({fileId}) => fileId)).toEqual(keys.slice(0, 1_000))
  })

  test('throws where it cannot look', async () => {
    describeExecution.mockRejectedValue(named('AccessDeniedException'))
    await table.put(file('Downloading', {claimedBy: 'arn:old'}))
    await expect(examine('all')).rejects.toThrow('AccessDeniedException')
  })
})
