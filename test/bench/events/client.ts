import {Agent, request} from 'node:http'

/** Signed as far as the runtime looks; the SDK's own work is not what is measured. */
const headers = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AWSEvents.PutEvents',
  authorization: 'AWS4-HMAC-SHA256 Credential=x/20260101/us-west-2/events/aws4_request, SignedHeaders=host, Signature=x'
}

const bodyOf = (correlationId: string): string => JSON.stringify({
  Entries: [{
    EventBusName: 'MediaDownloaderEvents', Source: 'mediadownloader.request', DetailType: 'FileRequested',
    Detail: JSON.stringify({
      fileId: `url-${correlationId}`, correlationId, sourceUrl: `https://example.com/${correlationId}.mp4`, userId: 'bench', requestedAt: new Date().toISOString()
    })
  }]
})

/** Puts one event at a time, over connections that stay open. */
export const openClient = (address: string) => {
  const agent = new Agent({keepAlive: true, maxSockets: 64})
  return {
    /** Rejects where the bus did not take the event. */
    put: (correlationId: string): Promise<void> => new Promise((resolve, reject) => {
      const sent = request(address, {agent, method: 'POST', headers}, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk })
        response.on('end', () => text.includes('"FailedEntryCount":0') ? resolve() : reject(new Error(`Expected the bus to take the event; it answered ${text}`)))
      })
      sent.once('error', reject)
      sent.end(bodyOf(correlationId))
    }),
    close: () => agent.destroy()
  }
}
