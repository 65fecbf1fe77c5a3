import {describe, expect, it} from '@jest/globals'
import validate from 'asl-validator'
import {errorTable} from '../../src/util/errors'
import {fileKey} from '../../src/util/keys'
import {wired} from '../architecture/wired'
import {definition, placeholders, rawDefinition, tasks} from './definition'

/** Names of AWS's own errors have a dot (`Lambda.Unknown`, `States.ALL`); ours have none. */
const ours = (names: readonly string[]): string[] => names.filter((name) => !name.includes('.'))
const deployed = wired('aws_sfn_state_machine')[0]!
const sourceErrors = Object.entries(errorTable).filter(([, {category}]) => category !== 'request' && category !== 'system')

describe('FileDownloadWorkflow.asl.json', () => {
  it('has placeholders inside of strings only, each of which Terraform fills in', () => {
    const used = [...new Set([...rawDefinition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!))]
    expect(used.sort()).toEqual(Object.keys(placeholders()).sort())
  })

  it('is valid as it is deployed', () => {
    expect(validate(JSON.parse(deployed.definition))).toMatchObject({isValid: true, errors: []})
  })

  it('is what is deployed', () => {
    const values: Record<string, string> = {
      ...placeholders(), TableName: 'MediaDownloader', EventBusName: 'MediaDownloaderEvents',
      TransferFileArn: 'arn:aws:lambda:us-west-2:123456789012:function:TransferFile'
    }
    expect(JSON.parse(deployed.definition)).toEqual(JSON.parse(rawDefinition.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name]!)))
  })

  it('has the key formats of util/keys', () => {
    const {FileKeyFormat, FileSortKey} = placeholders()
    expect({PK: FileKeyFormat!.replace('{}', 'youtube-dQw4w9WgXcQ'), SK: FileSortKey}).toEqual(fileKey('youtube-dQw4w9WgXcQ'))
  })

  it.each(tasks.filter(({Resource}) => Resource!.includes(':dynamodb:')))('addresses the file item in $name', ({Parameters}) => {
    expect({TableName: Parameters!.TableName, Key: Parameters!.Key}).toEqual({
      TableName: '${TableName}',
      Key: {PK: {'S.$': 'States.Format(\'${FileKeyFormat}\', $.fileId)'}, SK: {S: '${FileSortKey}'}}
    })
  })
})

describe('every task', () => {
  it.each(tasks)('$name has a timeout, retries and a catch of everything', ({TimeoutSeconds, Retry, Catch}) => {
    expect(TimeoutSeconds).toBeGreaterThan(0)
    expect(Retry!.some(({MaxAttempts}) => MaxAttempts !== 0)).toBe(true)
    expect(Catch!.at(-1)!.ErrorEquals).toEqual(['States.ALL'])
  })

  it.each(tasks)('$name waits longer each time, with a cap and jitter', ({Retry}) => {
    const careless = Retry!.filter(({MaxAttempts, BackoffRate = 1, MaxDelaySeconds, JitterStrategy}) =>
      MaxAttempts !== 0 && (BackoffRate <= 1 || MaxDelaySeconds === undefined || JitterStrategy !== 'FULL'))
    expect(careless).toEqual([])
  })

  it.each(tasks)('$name names errors of ours that exist', ({Retry, Catch}) => {
    expect(ours([...Retry!, ...Catch!].flatMap(({ErrorEquals}) => ErrorEquals)).filter((name) => !(name in errorTable))).toEqual([])
  })

  const updates = tasks.filter(({Resource}) => Resource!.includes(':dynamodb:'))

  it.each(updates)('$name takes a condition that does not hold for an answer', ({Retry, Catch}) => {
    expect(Retry![0]).toEqual({ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], MaxAttempts: 0})
    expect(Catch![0]!.ErrorEquals).toEqual(['DynamoDB.ConditionalCheckFailedException'])
  })

  const publications = tasks.filter(({Resource}) => Resource!.includes(':events:'))

  it.each(publications)('$name publishes one entry: a retry sends all of them again', ({Parameters}) => {
    expect(Parameters!.Entries).toHaveLength(1)
  })
})

describe('the transfer', () => {
  const transfer = definition.States.TransferFile!
  const retried = ours(transfer.Retry!.flatMap(({ErrorEquals}) => ErrorEquals))
  const rescheduled = transfer.Catch!.filter(({Next}) => Next === 'RescheduleTransfer').flatMap(({ErrorEquals}) => ErrorEquals)
  const of = (...categories: string[]): string[] =>
    sourceErrors.filter(([, {category}]) => categories.includes(category)).map(([name]) => name).sort()

  it('is tried again after transient errors and after a source that changed', () => {
    expect([...new Set(retried)].sort()).toEqual(of('transient', 'changed'))
  })

  it('waits for the time that the source named after rate limits and before premieres', () => {
    expect([...rescheduled].sort()).toEqual(of('rate-limited', 'not-yet-available'))
  })

  it('treats every error of the source that may pass in one of these ways, and no other', () => {
    expect([...retried, ...rescheduled].sort()).toEqual(sourceErrors.filter(([, {retryable}]) => retryable).map(([name]) => name).sort())
  })

  it('says of a function error that asking again helps exactly where errorTable does', () => {
    const {'retryable.$': expression} = definition.States.DescribeFunctionError!.Parameters as unknown as {'retryable.$': string}
    const [, list] = /States\.Array\(([^)]*)\)/.exec(expression)!
    const listed = [...list!.matchAll(/'(\w+)'/g)].map(([, name]) => name!)
    const helped = Object.entries(errorTable).filter(([, {retryable}]) => retryable).map(([name]) => name)
    expect(listed.sort()).toEqual(helped.filter((name) => name !== 'PushFailedError').sort())
  })

  it('outlives the function, whose own timeout is the sharper one', () => {
    const {timeout} = wired('aws_lambda_function').find(({function_name: name}) => name === 'TransferFile')!
    expect(transfer.TimeoutSeconds).toBeGreaterThan(timeout)
  })
})
