import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {stackLogs} from '../logs'

/** An account without the log group of TransferRange. */
let server: Server
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() }).on('end', () => {
      const isMissing = body.includes('/aws/lambda/TransferRange')
      response.writeHead(isMissing ? 400 : 200, {'content-type': 'application/x-amz-json-1.1'})
        .end(JSON.stringify(isMissing ? {__type: 'ResourceNotFoundException', message: 'None.'} : {events: [{message: 'a line'}]}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

describe('The logs of a stack', () => {
  it('come from each function, and what is not to be had is said', async () => {
    const options = {endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}}
    const {lines, notes} = await stackLogs(options, '', 'url-1', {from: 0, to: 1})
    expect(lines).toEqual(['a line', 'a line'])
    expect(notes).toEqual([expect.stringContaining('The log group /aws/lambda/TransferRange could not be read (ResourceNotFoundException)')])
  })
})
