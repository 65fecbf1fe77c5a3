import {describe, expect, it} from '@jest/globals'
import {judgeAuthorizerOrder} from '../authorizer-order'

const letGo = [
  'aws_apigatewayv2_route.Function["GET /files"]: Modifying... [id=one]',
  'aws_apigatewayv2_route.Function["POST /files"]: Modifying... [id=two]',
  'aws_apigatewayv2_route.Function["GET /files"]: Modifications complete after 0s [id=one]',
  'aws_apigatewayv2_route.Function["POST /files"]: Modifications complete after 1s [id=two]'
]
const deleted = ['aws_apigatewayv2_authorizer.Jwt[0]: Destroying... [id=three]', 'aws_apigatewayv2_authorizer.Jwt[0]: Destruction complete after 0s']
const made = ['aws_apigatewayv2_authorizer.Jwt[0]: Creating...', 'aws_apigatewayv2_authorizer.Jwt[0]: Creation complete after 0s [id=three]']

describe('The order of a switch', () => {
  it('is right if the authorizer goes after its routes and comes before them', () => {
    expect([judgeAuthorizerOrder([...letGo, ...deleted].join('\n')), judgeAuthorizerOrder([...made, ...letGo].join('\n'))]).toEqual([[], []])
  })

  it.each([
    ['before every route', [...deleted, ...letGo]],
    ['while one is being changed', [...letGo.slice(0, 3), ...deleted, ...letGo.slice(3)]]
  ])('is wrong if the authorizer goes %s', (_, lines) => {
    expect(judgeAuthorizerOrder(lines.join('\n'))).toEqual(['The authorizer is deleted while routes still use it; API Gateway refuses that.'])
  })

  it('is wrong if routes take an authorizer that is not there yet', () => {
    expect(judgeAuthorizerOrder([...letGo, ...made].join('\n'))).toEqual(['Routes are given an authorizer before it is made.'])
  })

  it('is unknown if nothing was switched', () => {
    expect(judgeAuthorizerOrder('Apply complete! Resources: 0 added, 0 changed, 0 destroyed.')).toEqual(['The apply changed no authorizer and its routes, so their order is unknown.'])
  })
})
