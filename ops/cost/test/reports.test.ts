import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {readReports} from '../measure/reports'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'))
})

afterEach(() => rmSync(folder, {recursive: true}))

const log = (name: string, ...lines: readonly string[]): void => writeFileSync(join(folder, name), `${lines.join('\n')}\n`)

describe('durations from logs', () => {
  test('are medians of the REPORT lines of the embedded AWS, and the most memory', () => {
    log('TransferFile.log',
      'REPORT RequestId: 1\tDuration: 100.00 ms\tMemory Size: 1769 MB\tMax Memory Used: 90 MB\tInit Duration: 400.50 ms',
      '{"level": "INFO", "message": "REPORT of ours \\tDuration: 9 ms"}',
      'REPORT RequestId: 2\tDuration: 20.00 ms\tMemory Size: 1769 MB\tMax Memory Used: 120 MB',
      'REPORT RequestId: 3\tDuration: 30.00 ms\tMemory Size: 1769 MB\tMax Memory Used: 110 MB')
    expect(readReports(folder, 2)).toEqual({
      TransferFile: {invocations: 3, invocationsPerFile: 1.5, seconds: 0.03, initSeconds: 0.4005, maxMemoryMb: 120}
    })
  })

  test('are read from the lines of AWS itself, which has a billed duration as well', () => {
    log('ListFiles.log', 'START RequestId: 1 Version: $LATEST', 'END RequestId: 1',
      'REPORT RequestId: 1\tDuration: 12.34 ms\tBilled Duration: 413 ms\tMemory Size: 512 MB\tMax Memory Used: 87 MB\tInit Duration: 400.00 ms\t',
      'REPORT RequestId: 2\tDuration: 14.34 ms\tBilled Duration: 15 ms\tMemory Size: 512 MB\tMax Memory Used: 88 MB\t')
    log('RequestFile.log', 'REPORT RequestId: 3\tDuration: 8.00 ms\tBilled Duration: 8 ms\tMemory Size: 512 MB\tMax Memory Used: 80 MB\t')
    expect(readReports(folder, 1)).toEqual({
      ListFiles: {invocations: 2, invocationsPerFile: 2, seconds: 0.0133, initSeconds: 0.4, maxMemoryMb: 88},
      RequestFile: {invocations: 1, invocationsPerFile: 1, seconds: 0.008, initSeconds: 0, maxMemoryMb: 80}
    })
  })

  test('are refused where no invocation ended', () => {
    log('ListFiles.log', 'START RequestId: 1 Version: $LATEST')
    expect(() => readReports(folder, 1)).toThrow(`Expected ${folder} to have a file <function>.log with REPORT lines of Lambda for each function; there is none.`)
  })
})
