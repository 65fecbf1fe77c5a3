import {describe, expect, it} from '@jest/globals'
import {serve} from '../../../runtime/engines/test/serve'
import {createSts} from '../service'

describe('GetCallerIdentity', () => {
  it('answers the account of the wiring', async () => {
    const served = await serve([createSts({partition: 'aws', region: 'us-west-2', account: '123456789012'})])
    const response = await fetch(served.address, {
      method: 'POST', body: new URLSearchParams({Action: 'GetCallerIdentity', Version: '2011-06-15'}),
      headers: {authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-west-2/sts/aws4_request, SignedHeaders=host, Signature=b'}
    })
    const text = await response.text()
    await served.close()
    expect([response.status, /<GetCallerIdentityResult>(.*)<\/GetCallerIdentityResult>/.exec(text)?.[1]])
      .toEqual([200, '<Arn>arn:aws:iam::123456789012:user/local</Arn><UserId>AIDALOCAL</UserId><Account>123456789012</Account>'])
  })
})
