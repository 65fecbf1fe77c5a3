import {expect, test} from '@jest/globals'
import {filePartitions as ofPrograms} from '../../build/program/file-partitions'
import {filePartitions as ofCapture} from '../../local/replay/capture/stack'
import {filePartitions} from '../../src/util/files/keys'

test('operators\' programs and captures look for a file where the code has it', () => {
  expect({programs: ofPrograms('a'), capture: ofCapture('a')}).toEqual({programs: filePartitions('a'), capture: filePartitions('a')})
})
