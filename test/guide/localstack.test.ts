import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {publishFileDownloadCompleted} from '../../src/util/eventbridge-helpers'
import {linesOfThisTest, linesUnder} from './blocks'

/** An endpoint that takes every event, in LocalStack's place. */
const taken: unknown[] = []
let server: Server
beforeAll(async () => {
  server = createServer((request, response) => void text(request).then((body) => {
    taken.push(...(JSON.parse(body) as {Entries: unknown[]}).Entries)
    response.writeHead(200, {'content-type': 'application/x-amz-json-1.1'}).end('{"FailedEntryCount":0,"Entries":[{"EventId":"one"}]}')
  }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  Object.assign(process.env, {
    EVENT_BUS_NAME: 'MediaDownloaderEvents', AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test',
    LOCALSTACK_HOST: `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

describe('The guide\'s integration test', () => {
  it('reaches LocalStack as it is typed', async () => {
    // Set environment variable
    process.env.USE_LOCALSTACK = 'true'

    // Publish event (automatically routed to LocalStack)
    await publishFileDownloadCompleted({
      fileId: 'test123',
      s3Key: 'videos/test123.mp4',
      size: 1024,
      contentType: 'video/mp4'
    })

    expect(taken).toEqual([expect.objectContaining({DetailType: 'FileDownloadCompleted', EventBusName: 'MediaDownloaderEvents'})])
  })

  it('is what the guide has', () => {
    expect(linesOfThisTest('test/guide/localstack.test.ts')).toEqual(expect.arrayContaining(linesUnder('Integration Tests').slice(0, 9)))
  })
})
