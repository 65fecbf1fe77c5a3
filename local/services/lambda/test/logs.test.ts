import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, jest, test} from '@jest/globals'
import {until} from '../../../runtime/engines/test/until'
import {openFunctionLogs} from '../logs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'))
})

afterEach(() => rmSync(folder, {recursive: true, force: true}))

const pathOf = (name: string): string => join(folder, `${name}.log`)

const read = (name: string): string => existsSync(pathOf(name)) ? readFileSync(pathOf(name), 'utf8') : ''

test('each function has its own file, its lines in the order they came', () => {
  const logs = openFunctionLogs(folder)
  logs.write('ListFiles', 'one')
  logs.write('RequestFile', 'other')
  logs.write('ListFiles', 'two')
  logs.close()
  expect(read('ListFiles')).toBe('one\ntwo\n')
  expect(read('RequestFile')).toBe('other\n')
})

test('lines reach their file without anybody closing it, and are added to those of an earlier run', async () => {
  const earlier = openFunctionLogs(folder)
  earlier.write('ListFiles', 'before')
  earlier.close()
  const logs = openFunctionLogs(folder)
  logs.write('ListFiles', 'after')
  await until('the line', () => read('ListFiles') === 'before\nafter\n' || undefined)
  logs.write('ListFiles', 'later')
  await until('the next line', () => read('ListFiles') === 'before\nafter\nlater\n' || undefined)
})

test('what comes after the end is not kept', () => {
  const logs = openFunctionLogs(folder)
  logs.write('ListFiles', 'in time')
  logs.close()
  logs.write('ListFiles', 'late')
  logs.close()
  expect(read('ListFiles')).toBe('in time\n')
})

test('a log that cannot be written warns, and stops no one', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  const logs = openFunctionLogs(folder)
  rmSync(folder, {recursive: true})
  logs.write('ListFiles', 'lost')
  logs.close()
  expect(warned.mock.calls).toEqual([[expect.stringMatching(/^Expected to add to .*ListFiles\.log, got .*ENOENT/)]])
  warned.mockRestore()
})
