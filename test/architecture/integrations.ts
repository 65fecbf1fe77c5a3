import {allStates, type Machine, type State} from 'asl-verify/definition'
import {calledBy} from 'asl-verify/tasks/integration'

/** One thing that a role needs: `<action> on <resource>`, as a policy would grant it. */
type Need = string

type Parameters = Readonly<Record<string, string | undefined>>

const account = 'us-west-2:123456789012'

/** A parameter that the definition gives itself; what only the input gives, no policy can name. */
const given = (state: State, name: string): string => (state.Parameters as Parameters | undefined)?.[name] ?? `whatever ${name} the input gives`

const onTable = (action: string) => (state: State): Need[] => [`dynamodb:${action} on arn:aws:dynamodb:${account}:table/${given(state, 'TableName')}`]
const onObject = (...actions: readonly string[]) => (state: State): Need[] => actions.map((action) => `s3:${action} on arn:aws:s3:::${given(state, 'Bucket')}/…`)
const onBucket = (action: string) => (state: State): Need[] => [`s3:${action} on arn:aws:s3:::${given(state, 'Bucket')}`]

const published = ({Parameters}: State): Need[] => {
  const {Entries = []} = (Parameters ?? {}) as {Entries?: readonly Parameters[]}
  return Entries.map(({EventBusName, DetailType}) => `events:PutEvents of ${DetailType} on arn:aws:events:${account}:event-bus/${EventBusName}`)
}

/** What IAM calls the integrations of Step Functions, and on what. https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html */
const needsOf: Readonly<Record<string, (state: State) => Need[]>> = {
  'dynamodb:getItem': onTable('GetItem'),
  'dynamodb:putItem': onTable('PutItem'),
  'dynamodb:updateItem': onTable('UpdateItem'),
  'dynamodb:deleteItem': onTable('DeleteItem'),
  'aws-sdk:dynamodb:query': onTable('Query'),
  'events:putEvents': published,
  'lambda:invoke': (state) => [`lambda:InvokeFunction on ${given(state, 'FunctionName')}`],
  'sns:publish': (state) => [`sns:Publish on ${given(state, 'TopicArn')}`],
  'states:startExecution': (state) => [`states:StartExecution on ${given(state, 'StateMachineArn')}`],
  'aws-sdk:s3:createMultipartUpload': onObject('PutObject'),
  'aws-sdk:s3:completeMultipartUpload': onObject('PutObject'),
  'aws-sdk:s3:abortMultipartUpload': onObject('AbortMultipartUpload'),
  'aws-sdk:s3:listParts': onObject('ListMultipartUploadParts'),
  'aws-sdk:s3:deleteObject': onObject('DeleteObject'),
  // Without ListBucket a missing object is a 403.
  'aws-sdk:s3:headObject': (state) => [...onObject('GetObject')(state), ...onBucket('ListBucket')(state)]
}

/** A Map whose items are executions of their own starts, watches and stops them. */
const needsOfMap = (state: State, machine: string): Need[] => {
  const {ProcessorConfig} = (state.ItemProcessor ?? {}) as {ProcessorConfig?: {Mode?: string}}
  const executions = `arn:aws:states:${account}:execution:${machine}/…`
  return ProcessorConfig?.Mode === 'DISTRIBUTED'
    ? [`states:StartExecution on arn:aws:states:${account}:stateMachine:${machine}`, `states:DescribeExecution on ${executions}`, `states:StopExecution on ${executions}`]
    : []
}

const needsOfTask = (state: State): Need[] => {
  const called = calledBy(state)
  const needs = called?.pattern === '' ? needsOf[called.name] : undefined
  return needs?.(state) ?? [`an action for ${state.Resource}`]
}

/** All that the role of a workflow needs for its states, those inside of Map and Parallel too. */
export const neededBy = (definition: Machine, machine: string): Need[] => {
  const states = allStates({machine: definition, pointer: ''}).map(({state}) => state)
  const needs = states.flatMap((state) => state.Type === 'Task' ? needsOfTask(state) : state.Type === 'Map' ? needsOfMap(state, machine) : [])
  return [...new Set(needs)].sort()
}
