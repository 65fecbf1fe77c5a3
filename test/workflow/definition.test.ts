import {describe, expect, it} from '@jest/globals'
import validate from 'asl-validator'
import {errorTable} from '../../src/util/errors'
import {fileKey} from '../../src/util/files/keys'
import {wired} from '../architecture/wired'
import {definition, placeholders, rawDefinition} from './definition'

const deployed = wired('aws_sfn_state_machine')[0]!

// What holds for any workflow, and what this one promises, the verifier checks: verifier.test.ts.
describe('FileDownloadWorkflow.asl.json', () => {
  it('is valid as it is deployed', () => {
    expect(validate(JSON.parse(deployed.definition))).toMatchObject({isValid: true, errors: []})
  })

  it('is what is deployed', () => {
    const values: Record<string, string | undefined> = {
      ...placeholders, Partition: 'aws', TableName: 'MediaDownloader', EventBusName: 'MediaDownloaderEvents',
      BucketName: 'mediadownloader-123456789012-us-west-2',
      TransferFileArn: 'arn:aws:lambda:us-west-2:123456789012:function:TransferFile',
      TransferRangeArn: 'arn:aws:lambda:us-west-2:123456789012:function:TransferRange'
    }
    expect(JSON.parse(deployed.definition)).toEqual(JSON.parse(rawDefinition.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name]!)))
  })

  it('waits for hours where Lambda is full, in every task of a function, each at a moment of its own', () => {
    interface Retrier extends Record<'IntervalSeconds' | 'MaxAttempts' | 'BackoffRate' | 'MaxDelaySeconds', number> {ErrorEquals: string[], JitterStrategy: string}
    interface Task {Type: string, Resource?: string, Retry?: Retrier[], ItemProcessor?: {States: Record<string, Task>}}
    const tasksOf = (states: Record<string, Task>): Array<[string, Task]> => Object.entries(states)
      .flatMap(([name, state]) => [[name, state] as [string, Task], ...tasksOf(state.ItemProcessor?.States ?? {})])
    const functions = tasksOf(definition.States as unknown as Record<string, Task>).filter(([, {Resource}]) => Resource?.endsWith(':lambda:invoke'))
    const patience = functions.map(([name, {Retry = []}]) => {
      const {IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds, JitterStrategy} =
        Retry.find(({ErrorEquals}) => ErrorEquals.join() === 'Lambda.TooManyRequestsException')!
      const waits = Array.from({length: MaxAttempts}, (_, index) => Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** index))
      const most = waits.reduce((sum, each) => sum + each, 0)
      // With full jitter a wait is half of it in the mean.
      return {name, hours: Math.floor(most / 2 / 3_600), JitterStrategy}
    })
    expect(patience).toEqual(['TransferFile', 'TransferRange'].map((name) => ({name, hours: 2, JitterStrategy: 'FULL'})))
  })

  it('has the key formats of util/files/keys', () => {
    const {FileKeyFormat, FileSortKey} = placeholders
    expect({PK: FileKeyFormat!.replace('{}', 'youtube-dQw4w9WgXcQ'), SK: FileSortKey}).toEqual(fileKey('youtube-dQw4w9WgXcQ'))
  })

  it('says of a function error that asking again helps exactly where errorTable does', () => {
    const {'retryable.$': expression} = definition.States.DescribeFunctionError!.Parameters as {'retryable.$': string}
    const [, list] = /States\.Array\(([^)]*)\)/.exec(expression)!
    const listed = [...list!.matchAll(/'(\w+)'/g)].map(([, name]) => name!)
    const helped = Object.entries(errorTable).filter(([, {retryable}]) => retryable).map(([name]) => name)
    expect(listed.sort()).toEqual(helped.filter((name) => name !== 'PushFailedError').sort())
  })
})
