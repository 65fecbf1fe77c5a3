import {once} from 'node:events'
import {createServer, type IncomingHttpHeaders, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

describe('putEvents', () => {
  const before = {...process.env}
  const requests: Array<{headers: IncomingHttpHeaders, body: unknown}> = []
  const answer = {FailedEntryCount: 1, Entries: [{ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down'}]}
  let server: Server
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      requests.push({headers: request.headers, body: JSON.parse(await text(request))})
      response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(answer))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const {port} = server.address() as AddressInfo
    Object.assign(process.env, {AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b'})
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
    process.env = before
  })

  it('sends the entries where AWS_ENDPOINT_URL points, and resolves also where entries failed', async () => {
    const {putEvents} = await import('../EventBridge')
    const Entries = [{EventBusName: 'MediaDownloaderEvents', Source: 'mediadownloader.request', DetailType: 'FileRequested', Detail: '{}'}]
    expect(await putEvents({Entries})).toEqual(expect.objectContaining(answer))
    expect(requests).toEqual([{headers: expect.objectContaining({'x-amz-target': 'AWSEvents.PutEvents'}), body: {Entries}}])
  })
})
