import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {readErrorTable} from '../../build/asl/facts/errors'
import {readPlaceholders} from '../../build/asl/facts/placeholders'
import {noPromises} from 'asl-verify/facts/policy'
import {readFacts, readPolicy} from '../../build/asl/facts/read'
import {parseShapes} from '../../build/asl/facts/types'
import {readDeployed} from '../../build/asl/facts/wiring'
import {errorTable} from '../../src/util/errors'

const root = join(import.meta.dirname, '../..')

describe('the types of src/types', () => {
  it('become shapes, where names tell times and ARNs', () => {
    const {Job} = parseShapes([
      'export interface Job {readonly id: string; startedAt: string; ownerArn: string; size?: number; state: State; parts: readonly Part[]; note: string | null}',
      'type State = \'Open\' | \'Closed\'; interface Part {ok: boolean, rest: unknown}'
    ])
    const field = (shape: unknown, optional = false): unknown => ({shape, optional})
    expect(Job).toEqual({kind: 'object', open: false, fields: {
      id: field({kind: 'string'}),
      startedAt: field({kind: 'string', format: 'date-time'}),
      ownerArn: field({kind: 'string', format: 'arn'}),
      size: field({kind: 'number'}, true),
      state: field({kind: 'string', values: ['Closed', 'Open']}),
      parts: field({kind: 'array', least: 0, items: {kind: 'object', open: false, fields: {ok: field({kind: 'boolean'}), rest: field({kind: 'any'})}}}),
      note: field({kind: 'union', of: [{kind: 'null'}, {kind: 'string'}]})
    }})
  })

  it('may name themselves', () => {
    const {Tree} = parseShapes(['interface Tree {child: Tree}'])
    expect(Tree).toEqual({kind: 'object', open: false, fields: {child: {shape: {kind: 'any'}, optional: false}}})
  })
})

describe('the table of errors', () => {
  it('is read as it is', () => {
    const read = readErrorTable(readFileSync(join(root, 'src/util/errors.ts'), 'utf8'))
    expect(read).toEqual(Object.fromEntries(Object.entries(errorTable).map(([name, {category, retryable}]) => [name, {category, retryable}])))
  })

  it('must be there', () => {
    expect(() => readErrorTable('export const other = {}')).toThrow('Expected src/util/errors.ts to have an object `errorTable`; it has none.')
  })
})

describe('placeholders', () => {
  it('are those of the HCL, with the text where it is one', () => {
    expect(readPlaceholders(root, 'FileDownloadWorkflow.asl.json')).toEqual({
      Partition: undefined, TableName: undefined, FileKeyFormat: 'FILE#{}', FileSortKey: 'FILE', EventBusName: undefined, BucketName: undefined,
      TransferFileArn: undefined, TransferRangeArn: undefined
    })
  })

  it('are unknown where no HCL uses the file', () => {
    expect(readPlaceholders(root, 'Other.asl.json')).toBe(undefined)
  })
})

describe('what is deployed', () => {
  it('tells timeouts of functions and keys of tables', () => {
    const {functions, tables} = readDeployed(join(root, 'local/wiring.json'))
    expect({TransferFile: functions.TransferFile, tables}).toEqual({TransferFile: 900, tables: [{name: 'MediaDownloader', key: {PK: 'S', SK: 'S'}}]})
  })

  it('must be there', () => {
    expect(() => readDeployed('nowhere.json')).toThrow(/^nowhere.json holds no wiring\. .*Run npm run wiring\.$/)
  })
})

describe('facts about a workflow', () => {
  it('are of its name: its promises and its input', () => {
    const {workflow, policy, input} = readFacts(root, join(root, 'terraform/workflows/FileDownloadWorkflow.asl.json'))
    expect({workflow, delivers: policy.delivers, input}).toEqual({
      workflow: 'FileDownloadWorkflow',
      delivers: [{function: 'TransferFile'}],
      input: {kind: 'object', open: false, fields: {fileId: {shape: {kind: 'string'}, optional: false}}}
    })
  })

  it('are no promises where no one made any', () => {
    expect(readPolicy('Other')).toEqual(noPromises)
  })
})
