import {expect, test} from '@jest/globals'
import {filePartitions as ofPrograms} from '../../ops/program/file-partitions'
import {filePartitions} from '../../src/util/files/keys'

test('operators\' programs look for a file where the code has it', () => {
  expect(ofPrograms('a')).toEqual(filePartitions('a'))
})
