import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from '@jest/globals'

const {version} = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {version: string}
const folder = mkdtempSync(join(tmpdir(), 'asl-verify-'))
afterAll(() => rmSync(folder, {recursive: true}))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const good = file('good.asl.json', '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}')
file('bad.asl.json', `{
  "StartAt": "Each",
  "States": {
    "Each": {
      "Type": "Map",
      "ItemProcessor": {"StartAt": "Pause", "States": {"Pause": {"Type": "Wait", "Seconds": 1.5, "End": true}}},
      "Retry": [
        {"ErrorEquals": ["States.ALL"], "BackoffRate": 0.5}
      ],
      "End": true
    }
  }
}`)
file('broken.asl.json', '{\n  "StartAt" "A"}')

/** The program as a clone of the repository runs it, from any folder. */
const run = (...args: string[]): {status: number | null, stdout: string, stderr: string} => {
  const {status, stdout, stderr} = spawnSync(process.execPath, [join(import.meta.dirname, '../bin/asl-verify.js'), ...args], {encoding: 'utf8', cwd: folder})
  return {status, stdout, stderr}
}

describe('asl-verify', () => {
  it('says that a file has no findings', () => {
    expect(run(good)).toEqual({status: 0, stdout: `${good}: no findings\n`, stderr: ''})
  })

  it('names file, line, state and field of each finding, of several files', () => {
    const {status, stdout, stderr} = run('bad.asl.json', 'good.asl.json', 'broken.asl.json')
    expect({status, lines: stdout.trim().split('\n'), stderr}).toEqual({status: 1, stderr: '', lines: [
      'bad.asl.json:6:82: state Each > Pause, field Seconds: Expected a whole number from 0 to 99999999; found 1.5. Write such a number, without quotes. [syntax]',
      'bad.asl.json:8:41: state Each, field Retry[0].BackoffRate: Expected a number of at least 1; found 0.5. Write such a number, without quotes. [syntax]',
      'good.asl.json: no findings',
      'broken.asl.json:2:13: state machine: Expected JSON; found in line 2, column 13: wanted \':\' after a field\'s name, not "\\"A\\"}". Correct the text there. [not-json]'
    ]})
  })

  it('writes findings for programs', () => {
    const {status, stdout} = run('--json', 'bad.asl.json')
    expect([status, JSON.parse(stdout)]).toMatchObject([1, [{file: 'bad.asl.json', findings: [
      {line: 6, column: 82, code: 'syntax', state: ['Each', 'Pause'], field: 'Seconds', pointer: '/States/Each/ItemProcessor/States/Pause/Seconds'},
      {line: 8, column: 41, code: 'syntax', state: ['Each'], field: 'Retry[0].BackoffRate', pointer: '/States/Each/Retry/0/BackoffRate'}
    ]}]])
  })

  it('tells how it is used', () => {
    expect([run('--help'), run('-h')]).toEqual(Array(2).fill({status: 0, stdout: expect.stringMatching(/^Usage: asl-verify \[options\] FILE…\n/), stderr: ''}))
    expect(run('--version')).toEqual({status: 0, stdout: `${version}\n`, stderr: ''})
  })

  it.each([
    [['--policy'], 'Unknown option \'--policy\'.'],
    [['--json=yes', 'good.asl.json'], 'Option \'--json\' does not take an argument.'],
    [[], 'Name at least one file.'],
    [['good.asl.json', 'none.asl.json'], 'Cannot read none.asl.json: there is no such file.'],
    [['.'], 'Cannot read .: it is a folder.']
  ])('refuses wrong usage in a sentence: %j', (args, sentence) => {
    expect(run(...args)).toEqual({status: 2, stdout: '', stderr: `asl-verify: ${sentence}\nTry asl-verify --help.\n`})
  })
})
