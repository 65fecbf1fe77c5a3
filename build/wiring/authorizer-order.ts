const positions = (output: string, line: RegExp): number[] => [...output.matchAll(line)].map(({index}) => index)

/**
 * Sentences about an apply that gave API Gateway's routes another authorizer in an order that API Gateway refuses: one is deleted
 * after every route has let go of it, and made before a route takes it. `output` is what the apply printed.
 */
export const judgeAuthorizerOrder = (output: string): string[] => {
  const routes = positions(output, /^aws_apigatewayv2_route\.Function\[.*\]: Modif(?:ying\.\.\.|ications complete)/gm)
  const deleted = positions(output, /^aws_apigatewayv2_authorizer\.Jwt\[0\].*: Destroying\.\.\./gm)
  const made = positions(output, /^aws_apigatewayv2_authorizer\.Jwt\[0\]: Creation complete/gm)
  return [
    ...routes.length === 0 || deleted.length + made.length === 0 ? ['The apply changed no authorizer and its routes, so their order is unknown.'] : [],
    ...deleted.some((at) => routes.some((route) => route > at)) ? ['The authorizer is deleted while routes still use it; API Gateway refuses that.'] : [],
    ...made.some((at) => routes.some((route) => route < at)) ? ['Routes are given an authorizer before it is made.'] : []
  ]
}
