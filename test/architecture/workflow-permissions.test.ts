import {describe, expect, it} from '@jest/globals'
import type {Machine, State} from 'asl-verify/definition'
import {mediaPrefix} from '../../src/util/files/keys'
import {neededBy} from './integrations'
import {arnName} from '../../shared/wiring/arn'
import {many, type Statement, statementsOf, wired} from './wired'

/** Granted by modules/state-machine to every workflow: traces and logs have no resource. */
const common = ['DeliverLogs', 'WriteTraces']

const ofStates = (machine: string): readonly Statement[] => statementsOf(machine).filter(({Sid}) => !common.includes(Sid))

const grantsOf = ({Action, Resource, Condition}: Statement): string[] => many(Action).flatMap((action) => {
  const events = many(Condition?.StringEquals?.['events:detail-type'])
  const actions = events.length === 0 ? [action] : events.map((event) => `${action} of ${event}`)
  return actions.flatMap((each) => many(Resource).map((resource) => `${each} on ${resource.replace(/^(arn:aws:s3:::[^/]+|.*:execution:\w+)[/:].+/, '$1/…')}`))
})

const grantedTo = (machine: string): string[] => [...new Set(ofStates(machine).flatMap(grantsOf))].sort()

const machines = wired('aws_sfn_state_machine').map(({name, definition}) => ({name, definition: JSON.parse(definition) as Machine}))
const [workflow] = machines.filter(({name}) => name === 'FileDownloadWorkflow')

/** The workflow with one more state, inside a Map, as an iteration would run it. */
const withInner = (state: Partial<State>): Machine => ({
  ...workflow!.definition,
  States: {...workflow!.definition.States, Each: {Type: 'Map', ItemProcessor: {StartAt: 'One', States: {One: {Type: 'Task', End: true, ...state}}}, End: true}}
})

const without = (name: string): Machine =>
  ({...workflow!.definition, States: Object.fromEntries(Object.entries(workflow!.definition.States).filter(([each]) => each !== name))})

const missing = (definition: Machine): string[] => neededBy(definition, 'FileDownloadWorkflow').filter((need) => !grantedTo('FileDownloadWorkflow').includes(need))
const spare = (definition: Machine): string[] => grantedTo('FileDownloadWorkflow').filter((grant) => !neededBy(definition, 'FileDownloadWorkflow').includes(grant))

describe.each(machines)('the role of $name', ({name, definition}) => {
  it('may do just what its states do, and on what they do it', () => {
    expect(grantedTo(name)).toEqual(neededBy(definition, name))
  })

  it('reaches no object but media', () => {
    const objects = ofStates(name).flatMap(({Resource}) => many(Resource)).filter((resource) => /^arn:aws:s3:::[^/]+\//.test(resource))
    expect(objects.filter((resource) => !resource.includes(`/${mediaPrefix}`))).toEqual([])
  })
})

describe('the comparison', () => {
  it('misses a grant for a state inside a Map', () => {
    const removal = {Resource: 'arn:aws:states:::aws-sdk:s3:deleteObject', Parameters: {Bucket: 'elsewhere', 'Key.$': '$.key'}}
    expect(missing(withInner(removal))).toEqual(['s3:DeleteObject on arn:aws:s3:::elsewhere/…'])
  })

  it('misses a grant for another table, function or event than the policy names', () => {
    expect(missing(withInner({Resource: 'arn:aws:states:::dynamodb:updateItem', Parameters: {TableName: 'Other'}})))
      .toEqual(['dynamodb:UpdateItem on arn:aws:dynamodb:us-west-2:123456789012:table/Other'])
    expect(missing(withInner({Resource: 'arn:aws:states:::lambda:invoke', Parameters: {'FunctionName.$': '$.name'}})))
      .toEqual(['lambda:InvokeFunction on whatever FunctionName the input gives'])
    expect(missing(withInner({Resource: 'arn:aws:states:::events:putEvents', Parameters: {Entries: [{EventBusName: 'Bus', DetailType: 'Odd'}]}})))
      .toEqual(['events:PutEvents of Odd on arn:aws:events:us-west-2:123456789012:event-bus/Bus'])
  })

  it('knows no action for an integration that it was never told of', () => {
    expect(missing(withInner({Resource: 'arn:aws:states:::batch:submitJob.sync'}))).toEqual(['an action for arn:aws:states:::batch:submitJob.sync'])
  })

  it('finds a grant spare once no state needs it', () => {
    expect(spare(without('PublishFileDownloadStarted'))).toEqual([
      'events:PutEvents of FileDownloadStarted on arn:aws:events:us-west-2:123456789012:event-bus/MediaDownloaderEvents'
    ])
  })
})

describe('the role of a rule that starts a workflow', () => {
  it.each(wired('aws_cloudwatch_event_target').filter(({arn}) => arn.includes(':stateMachine:')))('may start that one and nothing else: $rule', ({arn, role_arn: role}) => {
    expect(statementsOf(arnName(role)).flatMap(grantsOf)).toEqual([`states:StartExecution on ${arn}`])
  })
})
