import {answerQuery} from '../../runtime/core/query-protocol'
import type {Service} from '../../runtime/core/types'
import type {Place} from '../../../shared/wiring/place'

/** Says who asks: SDKs, the CLI and Terraform want to know before anything else. */
export const createSts = ({partition, account}: Place): Service => ({
  signingName: 'sts',
  handle: (request, response) => answerQuery(request, response, 'https://sts.amazonaws.com/doc/2011-06-15/', {
    GetCallerIdentity: () => ({Arn: `arn:${partition}:iam::${account}:user/local`, UserId: 'AIDALOCAL', Account: account})
  })
})
