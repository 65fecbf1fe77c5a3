import {SFNClient} from '@aws-sdk/client-sfn'
import {Hash} from '@smithy/core/serde'
import {SignatureV4} from '@smithy/signature-v4'
import type {AwsCredentialIdentity, Provider} from '@smithy/types'
import {type Authorize, bearer} from '../../shared/api'
import type {Options} from './options'

/** SigV4 for API Gateway. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html */
export const signed = (region: string, credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>): Authorize => {
  const signer = new SignatureV4({service: 'execute-api', region, credentials, sha256: Hash.bind(null, 'sha256')})
  return async ({method, url, body}) => {
    const {headers} = await signer.sign({
      method, protocol: url.protocol, hostname: url.hostname, path: url.pathname,
      ...(url.port !== '' && {port: Number(url.port)}),
      query: Object.fromEntries(url.searchParams),
      headers: {host: url.host, ...(body !== undefined && {'content-type': 'application/json'})},
      ...(body !== undefined && {body})
    })
    // fetch names the host itself.
    return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'))
  }
}

/** As the options say: a user's token, a name on the embedded AWS, else the AWS credentials of the environment. */
export const authorizeBy = ({token, user, isLoopback, region}: Options): Authorize => {
  if (token !== undefined || isLoopback) {
    return bearer(token ?? user)
  }
  const {config} = new SFNClient({region})
  return signed(region, () => config.credentials())
}
