import {describe, expect, it} from '@jest/globals'
import {pruneState, type State} from '../prune'

const state = (api: string): State => ({
  format_version: '1.0',
  terraform_version: '1.11.4',
  values: {
    root_module: {
      resources: [
        {address: 'aws_sns_platform_application.Apns[0]', type: 'aws_sns_platform_application', name: 'Apns', index: 0,
          values: {platform_credential: 'secret', name: 'Media', arn: 'arn:app', platform: 'APNS'}},
        {address: 'aws_apigatewayv2_api.Api', type: 'aws_apigatewayv2_api', name: 'Api', values: {id: api, name: 'Media', api_endpoint: `http://${api}`}},
        {address: 'aws_lambda_permission.Api', type: 'aws_lambda_permission', name: 'Api',
          values: {source_arn: `arn:execute-api:${api}/*`, principal: 'apigateway.amazonaws.com', id: 'x'}},
        {address: 'data.aws_region.current', mode: 'data', type: 'aws_region', name: 'current', values: {id: 'us-west-2'}},
        {address: 'aws_sqs_queue_policy.Media', type: 'aws_sqs_queue_policy', name: 'Media', values: {policy: '{}'}}
      ],
      child_modules: [
        {address: 'module.Rule', resources: [
          {address: 'module.Rule.aws_sqs_queue.one', type: 'aws_sqs_queue', name: 'one', values: {url: 'http://127.0.0.1:5000/one', name: 'one', arn: 'arn:one'}}
        ]},
        {address: 'module.Contracts'}
      ]
    }
  }
})

describe('pruneState', () => {
  it('keeps the shape of a state, sorted, with the listed attributes alone', () => {
    const pruned = JSON.parse(pruneState(state('abc123defg'), 'sha256:0')) as {values: {root_module: {resources: Array<{values: {id?: string}}>}}}
    const id = pruned.values.root_module.resources[0]!.values.id
    expect(pruned).toEqual({
      format_version: '1.0',
      inputs: {digest: 'sha256:0'},
      values: {
        root_module: {
          resources: [
            {address: 'aws_apigatewayv2_api.Api', type: 'aws_apigatewayv2_api', name: 'Api', values: {id, name: 'Media'}},
            {address: 'aws_lambda_permission.Api', type: 'aws_lambda_permission', name: 'Api',
              values: {principal: 'apigateway.amazonaws.com', source_arn: `arn:execute-api:${id}/*`}},
            {address: 'aws_sns_platform_application.Apns[0]', type: 'aws_sns_platform_application', name: 'Apns', index: 0,
              values: {arn: 'arn:app', name: 'Media', platform: 'APNS'}}
          ],
          child_modules: [
            {address: 'module.Rule', resources: [
              {address: 'module.Rule.aws_sqs_queue.one', type: 'aws_sqs_queue', name: 'one', values: {arn: 'arn:one', name: 'one'}}
            ]}
          ]
        }
      }
    })
  })

  it('is the same whatever ids the emulator rolled', () => {
    expect(pruneState(state('abc123defg'), 'sha256:0')).toBe(pruneState(state('zyx987wvut'), 'sha256:0'))
  })
})
