import {describe, expect, it} from '@jest/globals'
import type {Call} from '../../call'
import {listDenials, type Statement} from '../evaluate'
import {neededFor} from '../needed'
import type {Needed} from '../rest'
import {createRecording} from '../recording'

const place = {partition: 'aws', region: 'us-west-2', account: '123456789012'}

const call = (method: string, path: string, body: unknown = '', headers: Call['headers'] = {}): Call =>
  ({method, url: new URL(path, 'http://front'), headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))})

const json = (target: string, body: unknown): Call => call('POST', '/', body, {'x-amz-target': target})
const form = (fields: Readonly<Record<string, string>>): Call => call('POST', '/', new URLSearchParams(fields).toString())

const of = (service: string, made: Call): string[] => neededFor(service, made, place).map(({action, resource}) => `${action} on ${resource}`)

describe('what a call of the provider needs', () => {
  it.each<[string, Call, string[]]>([
    ['dynamodb', json('DynamoDB_20120810.DescribeTable', {TableName: 'MediaDownloader'}), ['dynamodb:DescribeTable on arn:aws:dynamodb:us-west-2:123456789012:table/MediaDownloader']],
    ['events', json('AWSEvents.PutRule', {EventBusName: 'Bus', Name: 'Rule', EventPattern: '{}'}), ['events:PutRule on arn:aws:events:us-west-2:123456789012:rule/Bus/Rule']],
    ['events', json('AWSEvents.PutRule', {EventBusName: 'default', Name: 'Daily', ScheduleExpression: 'rate(1 day)'}), ['events:PutRule on arn:aws:events:us-west-2:123456789012:rule/Daily']],
    ['events', json('AWSEvents.DescribeEventBus', {Name: 'Bus'}), ['events:DescribeEventBus on arn:aws:events:us-west-2:123456789012:event-bus/Bus']],
    ['events', json('AWSEvents.PutTargets', {EventBusName: 'Bus', Rule: 'Rule', Targets: [{RoleArn: 'arn:aws:iam::123456789012:role/Start'}]}),
      ['events:PutTargets on arn:aws:events:us-west-2:123456789012:rule/Bus/Rule', 'iam:PassRole on arn:aws:iam::123456789012:role/Start']],
    ['iam', form({Action: 'GetRole', RoleName: 'ListFiles'}), ['iam:GetRole on arn:aws:iam::123456789012:role/ListFiles']],
    ['sqs', json('AmazonSQS.GetQueueAttributes', {QueueUrl: 'http://127.0.0.1:1/123456789012/Letters'}), ['sqs:GetQueueAttributes on arn:aws:sqs:us-west-2:123456789012:Letters']],
    ['kms', json('TrentService.DescribeKey', {KeyId: 'arn:aws:kms:us-west-2:123456789012:key/one'}), ['kms:DescribeKey on arn:aws:kms:us-west-2:123456789012:key/one']],
    ['kms', json('TrentService.DescribeKey', {KeyId: 'arn:aws:kms:us-west-2:alias/aws/dynamodb'}), ['kms:DescribeKey on arn:aws:kms:us-west-2:123456789012:key/dynamodb']],
    ['monitoring', form({Action: 'PutDashboard', DashboardName: 'Board'}), ['cloudwatch:PutDashboard on arn:aws:cloudwatch::123456789012:dashboard/Board']],
    ['monitoring', form({Action: 'DeleteDashboards', 'DashboardNames.member.1': 'Board'}), ['cloudwatch:DeleteDashboards on arn:aws:cloudwatch::123456789012:dashboard/Board']],
    ['monitoring', form({Action: 'DeleteAlarms', 'AlarmNames.member.1': 'Alarm'}), ['cloudwatch:DeleteAlarms on arn:aws:cloudwatch:us-west-2:123456789012:alarm:Alarm']],
    ['monitoring', form({Action: 'DescribeAlarms', 'AlarmNames.member.1': 'Alarm'}), ['cloudwatch:DescribeAlarms on *']],
    ['states', json('AWSStepFunctions.CreateStateMachine', {name: 'Flow', roleArn: 'arn:aws:iam::123456789012:role/Flow'}),
      ['states:CreateStateMachine on arn:aws:states:us-west-2:123456789012:stateMachine:Flow', 'iam:PassRole on arn:aws:iam::123456789012:role/Flow']],
    ['lambda', call('POST', '/2015-03-31/functions', {FunctionName: 'ListFiles', Role: 'arn:aws:iam::123456789012:role/ListFiles'}),
      ['lambda:CreateFunction on arn:aws:lambda:us-west-2:123456789012:function:ListFiles', 'iam:PassRole on arn:aws:iam::123456789012:role/ListFiles']],
    ['lambda', call('DELETE', '/2015-03-31/functions/ListFiles/policy/Api'), ['lambda:RemovePermission on arn:aws:lambda:us-west-2:123456789012:function:ListFiles']],
    ['s3', call('GET', '/media?lifecycle='), ['s3:GetLifecycleConfiguration on arn:aws:s3:::media']],
    ['s3', call('DELETE', '/media?encryption='), ['s3:PutEncryptionConfiguration on arn:aws:s3:::media']],
    ['s3', call('DELETE', '/media?policy='), ['s3:DeleteBucketPolicy on arn:aws:s3:::media']],
    ['s3', call('HEAD', '/media'), ['s3:ListBucket on arn:aws:s3:::media']],
    ['s3', call('PUT', '/media/layers/yt-dlp.zip'), ['s3:PutObject on arn:aws:s3:::media/layers/yt-dlp.zip']],
    ['apigateway', call('PATCH', '/v2/apis/abc/stages/%24default'), ['apigateway:PATCH on arn:aws:apigateway:us-west-2::/apis/abc/stages/$default']],
    ['schemas', call('POST', '/v1/registries/name/Registry/schemas/name/Asked'), ['schemas:CreateSchema on arn:aws:schemas:us-west-2:123456789012:schema/Registry/Asked']],
    ['events', json('AWSEvents.PutPermission', {EventBusName: 'Bus', Policy: '{}'}), ['events:PutPermission on arn:aws:events:us-west-2:123456789012:event-bus/Bus']],
    ['sns', form({Action: 'Unsubscribe', SubscriptionArn: 'arn:aws:sns:us-west-2:123456789012:Alarms:1'}), ['sns:Unsubscribe on arn:aws:sns:us-west-2:123456789012:Alarms:1']],
    ['budgets', json('AWSBudgetServiceGateway.CreateBudget', {AccountId: '1', Budget: {BudgetName: 'Month'}}), ['budgets:ModifyBudget on arn:aws:budgets::123456789012:budget/Month']],
    ['budgets', json('AWSBudgetServiceGateway.UpdateBudget', {AccountId: '1', NewBudget: {BudgetName: 'Month'}}), ['budgets:ModifyBudget on arn:aws:budgets::123456789012:budget/Month']],
    ['budgets', json('AWSBudgetServiceGateway.DescribeNotificationsForBudget', {BudgetName: 'Month'}), ['budgets:ViewBudget on arn:aws:budgets::123456789012:budget/Month']],
    ['sts', form({Action: 'GetCallerIdentity'}), []]
  ])('%s: %o', (service, made, needed) => {
    expect(of(service, made)).toEqual(needed)
  })

  it('has to be known', () => {
    expect(() => of('athena', json('AmazonAthena.ListWorkGroups', {}))).toThrow('describe it in build/wiring/permissions')
    expect(() => of('lambda', call('GET', '/2015-03-31/unheard-of'))).toThrow('describe it in build/wiring/permissions')
  })
})

describe('the recording of a run', () => {
  it('has each need once, and what nothing is known of', () => {
    const recording = createRecording(place)
    const table = json('DynamoDB_20120810.DescribeTable', {TableName: 'MediaDownloader'})
    recording.take('dynamodb', table)
    recording.take('dynamodb', table)
    recording.take('athena', json('AmazonAthena.ListWorkGroups', {}))
    expect([recording.needed(), recording.unknown()]).toEqual([
      [{action: 'dynamodb:DescribeTable', resource: 'arn:aws:dynamodb:us-west-2:123456789012:table/MediaDownloader'}],
      [expect.stringContaining('Expected to know the resource of athena:ListWorkGroups')]
    ])
  })
})

describe('the evaluation', () => {
  const statements: Statement[] = [
    {Effect: 'Allow', Action: ['s3:GetBucket*', 's3:ListBucket'], Resource: 'arn:aws:s3:::media'},
    {Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource: '*'}
  ]
  const denied = (action: string, resource: string): string[] => listDenials([{action, resource} satisfies Needed], statements)

  it('allows what a statement names, with its wildcards and in any case', () => {
    expect([denied('s3:GetBucketAcl', 'arn:aws:s3:::media'), denied('S3:listbucket', 'arn:aws:s3:::media'), denied('cloudwatch:DescribeAlarms', '*')]).toEqual([[], [], []])
  })

  it('denies another resource, another action, and what is asked on no resource where only one is named', () => {
    expect(denied('s3:ListBucket', 'arn:aws:s3:::media2')).toEqual(['s3:ListBucket on arn:aws:s3:::media2'])
    expect(denied('s3:PutObject', 'arn:aws:s3:::media')).toEqual(['s3:PutObject on arn:aws:s3:::media'])
    expect(denied('s3:ListBucket', '*')).toEqual(['s3:ListBucket on *'])
  })

  it('takes a dot for a dot', () => {
    expect(listDenials([{action: 's3:GetObject', resource: 'arn:aws:s3:::aXb'}], [{Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a.b'}])).toHaveLength(1)
  })
})
