import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from '@jest/globals'
import {ops, opsCommands} from '../../test/helpers/ops'

const commands = await opsCommands()
const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string}
const nowhere = mkdtempSync(join(tmpdir(), 'no-stack-'))
const {AWS_ENDPOINT_URL: endpoint} = process.env
delete process.env.AWS_ENDPOINT_URL
afterAll(() => {
  rmSync(nowhere, {recursive: true, force: true})
  process.env.AWS_ENDPOINT_URL = endpoint
})

describe('npm run ops', () => {
  it('has each of the programs, and each of them lists its commands with a sentence', async () => {
    const {code, out, err} = await ops('-h')
    expect({code, err}).toEqual({code: 0, err: ''})
    expect(commands.map(([program = '']) => program).filter((program) => !new RegExp(`^  ${program}\\b.* [A-Z]`, 'm').test(out))).toEqual([])
    expect([...new Set(commands.map(([program]) => program))]).toEqual(
      ['stack', 'secret', 'doctor', 'timeline', 'dlq', 'quarantine', 'smoke', 'replay', 'capture', 'cost', 'layer'])
  })

  it.each([[[]], [['stack']], [['secret']]])('wants a command behind %j', async (args) => {
    expect(await ops(...args)).toEqual({code: 2, out: '', err: expect.stringMatching(/^Say which command: .*\. See npm run ops --.* -h\n$/)})
  })
})

describe.each(commands.map((path) => [path.join(' '), path] as const))('npm run ops -- %s', (name, path) => {
  it('explains itself on stdout, with a sentence and the options that all have', async () => {
    const {code, out, err} = await ops(...path, '-h')
    expect({code, err}).toEqual({code: 0, err: ''})
    expect(out).toMatch(new RegExp(`^Usage: npm run ops -- ${name} \\[options\\].*\\n\\n[A-Z][^.]*\\.`))
    expect(['--json', '--version', '-h, --help'].filter((option) => !out.includes(`  ${option} `))).toEqual([])
    expect((await ops(...path, '--help')).out).toBe(out)
  })

  it('has the version of the package', async () => {
    expect(await ops(...path, '--version')).toEqual({code: 0, out: `${version}\n`, err: ''})
  })

  it('refuses an unknown option with one sentence and 2', async () => {
    expect(await ops(...path, '--sufix', '-Dev')).toEqual({
      code: 2, out: '', err: expect.stringMatching(new RegExp(`^Unknown option '--sufix'\\..* See npm run ops -- ${name} -h\\n$`))
    })
  })
})

const ofStack = [
  ...['list', 'show', 'redrive', 'purge'].map((name) => ['dlq', name]), ...['list', 'show'].map((name) => ['quarantine', name]),
  ['quarantine', 'fix', 'x'], ['quarantine', 'reinject', '--all'], ['timeline', 'url-1'], ['replay', '--from', '1h']
]

describe('A command about a stack', () => {
  const has = (command: readonly string[], option: string) => expect(ops(...command, '-h').then(({out}) => out)).resolves.toContain(` ${option} `)

  it.each(ofStack.map((command) => [command]))('%j says what to do if none runs, and that AWS is not meant unless --aws says so', async (command) => {
    // A replay names a folder only with other targets, and cancels in any stack.
    const args = command[0] === 'replay' ? ['replay', '--cancel', 'x', '--data', nowhere] : [...command, '--data', nowhere]
    expect(await ops(...args)).toEqual({code: 2, out: '', err: expect.stringMatching(/^No local stack runs\. Start it with npm start, or give --aws .*\n$/)})
  })

  it('is told so of the doctor\'s data, too', async () => {
    expect(await ops('doctor', '--data', nowhere)).toMatchObject({code: 2, err: expect.stringMatching(/^Expected the data of a local stack in .*; there is none\.\n$/)})
  })

  it.each([...ofStack, ['doctor']].map((command) => [command]))('%j takes a suffix that begins with a dash, in both forms, and one place at most', async (command) => {
    for (const suffix of [['--suffix', '-Dev'], ['--suffix=-Dev']]) {
      const {code, err} = await ops(...command, ...suffix, '--endpoint', 'http://127.0.0.1:9')
      expect({code: code === 0 ? 0 : 1, err}).toEqual({code: 1, err: expect.stringContaining('Nothing answers at 127.0.0.1:9. Start the local stack with npm start')})
      expect(err.trim().split('\n').filter((line) => /^\s+at /.test(line))).toEqual([])
    }
    expect(await ops(...command, '--aws', '--endpoint', 'http://127.0.0.1:9')).toMatchObject({code: 2, out: ''})
    await has(command.slice(0, command[0] === 'dlq' || command[0] === 'quarantine' ? 2 : 1), '--aws')
  })
})
