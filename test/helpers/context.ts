import type {Context} from 'aws-lambda'

/** What Lambda hands to a handler beside the event. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'Function',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-west-2:123456789012:function:Function',
  memoryLimitInMB: '256',
  awsRequestId: 'request-1',
  logGroupName: '/aws/lambda/Function',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined
}
