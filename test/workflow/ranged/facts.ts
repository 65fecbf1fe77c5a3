import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Facts} from 'asl-verify/facts/facts'
import {noPromises} from 'asl-verify/facts/policy'
import {parseShapes} from '../../../build/asl/facts/types'
import {readRules} from '../../../build/asl/facts/read'

export const rangedText = readFileSync(join(import.meta.dirname, 'RangedTransfer.asl.json'), 'utf8')

const types = parseShapes([`
  interface RangedTransferInput {fileId: string}
  interface PlanTransferInput {fileId: string, executionArn: string}
  interface Range {from: number, to: number}
  interface PlanTransferOutput {bucket: string, key: string, contentType: string, ranges: readonly Range[]}
  interface TransferWholeInput {bucket: string, key: string}
  interface TransferWholeOutput {size: number}
  interface TransferRangeInput {bucket: string, key: string, uploadId: string, from: number, to: number, partNumber: number}
  interface TransferRangeOutput {PartNumber: number, ETag: string}
  interface TransferRecord {fileId: string, status: 'Transferring' | 'Failed', availableAt: string, updatedAt: string, tries?: number}
`])

/** What there would be around the workflow. */
export const rangedFacts: Facts = {
  workflow: 'RangedTransfer',
  policy: {
    ...noPromises,
    onFailure: [{event: 'FileDownloadFailed'}],
    items: [{key: {PK: {'S.$': 'States.Format(\'FILE#{}\', $.fileId)'}, SK: {S: 'FILE'}}, record: 'TransferRecord'}],
    budget: {states: 2, besides: [{function: 'TransferWhole'}]},
    sizes: {string: 2048, items: 1000, fields: {ETag: 64}}
  },
  input: types.RangedTransferInput!,
  types,
  errors: {
    TransientSourceError: {category: 'transient', retryable: true},
    SourceStalledError: {category: 'transient', retryable: true},
    RateLimitedError: {category: 'rate-limited', retryable: true},
    SourceNotFoundError: {category: 'removed', retryable: false}
  },
  ...readRules(join(import.meta.dirname, '../../..')),
  functions: {PlanTransfer: 60, TransferWhole: 900, TransferRange: 900},
  tables: [{name: 'MediaDownloader', key: {PK: 'S', SK: 'S'}}],
  placeholders: Object.fromEntries(['TableName', 'EventBusName', 'PlanTransferArn', 'TransferWholeArn', 'TransferRangeArn'].map((name) => [name, undefined]))
}
