import {readdirSync} from 'node:fs'
import type {PutEventsResponse} from '@aws-sdk/client-eventbridge'
import type {StartExecutionOutput} from '@aws-sdk/client-sfn'
import {describe, expect, it, jest} from '@jest/globals'
import {linesOfThisTest, linesUnder} from './blocks'

jest.unstable_mockModule('../../src/lib/vendor/AWS/EventBridge', () => ({
  putEvents: jest.fn<() => Promise<PutEventsResponse>>()
    .mockResolvedValue({
      FailedEntryCount: 0,
      Entries: [{EventId: 'test-123'}]
    })
}))

jest.unstable_mockModule('../../src/lib/vendor/AWS/StepFunctions', () => ({
  startExecution: jest.fn<() => Promise<StartExecutionOutput>>()
    .mockResolvedValue({
      executionArn: 'arn:aws:states:...',
      startDate: new Date()
    })
}))

describe('The guide\'s mocks', () => {
  it('are these', () => {
    const own = linesOfThisTest('test/guide/mock.test.ts').map((line) => line.replace('../../src/', '../../../'))
    expect(own).toEqual(expect.arrayContaining(linesUnder('Unit Tests').slice(0, -1)))
  })

  it.each(readdirSync('src/lambdas'))('are enough to import %s', async (name) => {
    const {handler} = await import(`../../src/lambdas/${name}/src/index`) as {handler: unknown}
    expect(handler).toBeInstanceOf(Function)
  })

  it('replace what publishes', async () => {
    process.env['EVENT_BUS_NAME'] = 'MediaDownloaderEvents'
    const {publishFileDownloadCompleted} = await import('../../src/util/eventbridge-helpers')
    const {putEvents} = await import('../../src/lib/vendor/AWS/EventBridge')
    await publishFileDownloadCompleted({fileId: 'abc123', s3Key: 'videos/abc123.mp4', size: 1024, contentType: 'video/mp4'})
    expect(putEvents).toHaveBeenCalledTimes(1)
  })
})
