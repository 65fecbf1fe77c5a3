import {describe, expect, it} from '@jest/globals'
import {treeShaken} from './tree-shaken'
import {arnName} from '../../shared/wiring/arn'
import {many, mayPublish, statementsOf, wired} from './wired'

/** What IAM calls the commands of the SDK that the doors send. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  BatchGetCommand: ['dynamodb:BatchGetItem'],
  DeleteCommand: ['dynamodb:DeleteItem'],
  GetCommand: ['dynamodb:GetItem'],
  PutCommand: ['dynamodb:PutItem'],
  QueryCommand: ['dynamodb:Query'],
  UpdateCommand: ['dynamodb:UpdateItem'],
  PutEventsCommand: ['events:PutEvents'],
  InvokeCommand: ['lambda:InvokeFunction'],
  DescribeExecutionCommand: ['states:DescribeExecution'],
  StartExecutionCommand: ['states:StartExecution'],
  StopExecutionCommand: ['states:StopExecution'],
  GetParameterCommand: ['ssm:GetParameter'],
  CreatePlatformEndpointCommand: ['sns:CreatePlatformEndpoint'],
  DeleteEndpointCommand: ['sns:DeleteEndpoint'],
  GetEndpointAttributesCommand: ['sns:GetEndpointAttributes'],
  SetEndpointAttributesCommand: ['sns:SetEndpointAttributes'],
  PublishCommand: ['sns:Publish'],
  SendMessageCommand: ['sqs:SendMessage'],
  ChangeMessageVisibilityCommand: ['sqs:ChangeMessageVisibility'],
  GetObjectCommand: ['s3:GetObject'],
  // Without ListBucket a missing object is a 403.
  HeadObjectCommand: ['s3:GetObject', 's3:ListBucket'],
  ListObjectsV2Command: ['s3:ListBucket'],
  DeleteObjectCommand: ['s3:DeleteObject'],
  ListMultipartUploadsCommand: ['s3:ListBucketMultipartUploads'],
  CreateMultipartUploadCommand: ['s3:PutObject'],
  UploadPartCommand: ['s3:PutObject'],
  CompleteMultipartUploadCommand: ['s3:PutObject'],
  PutObjectCommand: ['s3:PutObject'],
  AbortMultipartUploadCommand: ['s3:AbortMultipartUpload'],
  ListPartsCommand: ['s3:ListMultipartUploadParts']
}

/** Granted by modules/lambda to every function, or to every asynchronous one. */
const common = ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'sqs:SendMessage']
/** What Lambda needs of a queue to hand its messages to a function: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const mappingActions = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']
const hasQueue = (name: string): boolean => wired('aws_lambda_event_source_mapping').some(({function_name: mapped}) => arnName(mapped) === name)
const names = wired('aws_lambda_function').map(({function_name: name}) => name).sort()

describe('the role', () => {
  it.each(names)('of %s may do just what its code does', async (name) => {
    const code = await treeShaken(name)
    const commands = [...new Set([...code.matchAll(/new (\w+Command)\(/g)].map(([, command]) => command!))]
    const needed = [...commands.flatMap((command) => actionsOf[command] ?? [`an action for ${command}`]), ...hasQueue(name) ? mappingActions : []]
      .filter((action) => !common.includes(action))
    const granted = statementsOf(name).flatMap(({Action}) => many(Action)).filter((action) => !common.includes(action))
    expect([...new Set(granted)].sort()).toEqual([...new Set(needed)].sort())
  })

  it.each(names)('of %s may publish just the events that its code publishes', async (name) => {
    const code = await treeShaken(name)
    const published = [...code.matchAll(/detailType: "(\w+)", detail\b/g)].map(([, event]) => event!)
    expect(mayPublish(name)).toEqual([...new Set(published)].sort())
  })

  it.each([...names, 'FileDownloadWorkflow'])('of %s has every publish narrowed by source and detail-type', (name) => {
    const grants = statementsOf(name).filter(({Action}) => many(Action).some((action) => action.startsWith('events:')))
    expect(grants.filter(({Condition}) => !Condition?.StringEquals?.['events:source'] || !Condition.StringEquals['events:detail-type'])).toEqual([])
  })

  it.each([...names, 'FileDownloadWorkflow', 'TriggerFileDownload'])('of %s names its resources, but for traces and log delivery, which have none', (name) => {
    const everywhere = statementsOf(name).filter(({Resource}) => many(Resource).includes('*')).map(({Sid}) => Sid)
    expect(everywhere.filter((sid) => !['WriteTraces', 'DeliverLogs'].includes(sid))).toEqual([])
  })
})

describe('the publisher', () => {
  const publishers = [...names, 'FileDownloadWorkflow'].flatMap((name) => mayPublish(name).map((event) => `${event} by ${name}`)).sort()

  it('of each event is the one of architecture', () => {
    expect(publishers).toEqual(expect.arrayContaining([
      'FileDownloadCompleted by S3ObjectCreated',
      'FileDownloadFailed by FileDownloadWorkflow',
      'FileDownloadFailed by StartFileUpload',
      'FileDownloadProgressed by TransferFile',
      'FileDownloadProgressed by TransferRange',
      'FileDownloadStarted by FileDownloadWorkflow',
      'FileMetadataReady by StartFileUpload',
      'FileRequested by RequestFile'
    ]))
  })

  it('of each event is one, but for a failure and for progress, which either of two may find', () => {
    const events = publishers.map((publisher) => publisher.split(' by ')[0]!)
    expect(events.filter((event, index) => events.indexOf(event) !== index)).toEqual(['FileDownloadFailed', 'FileDownloadProgressed'])
  })
})
