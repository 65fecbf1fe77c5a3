import {join} from 'node:path'
import {afterEach, describe, expect, it} from '@jest/globals'
import {runCommand} from '../../../shared/cli/program'
import {start} from '../command'
import {type Options, readOptions} from '../options'

const {INIT_CWD: folder} = process.env
afterEach(() => { process.env['INIT_CWD'] = folder })

const parseOptions = async (args: readonly string[], from = process.cwd()): Promise<Options | 'help'> => {
  process.env['INIT_CWD'] = from
  const given = await start.read(args)
  return given === undefined ? 'help' : readOptions(given)
}

const root = join(import.meta.dirname, '..', '..', '..')

describe('parseOptions', () => {
  it('keeps data in .local of the project, on port 4510, by default', async () => {
    expect(await parseOptions([])).toEqual({
      urls: [], port: 4510, data: join(root, '.local'), wiring: join(root, 'local/wiring.json'), allowPrivateSources: false, fastRetries: false, json: false,
      virtualClock: false, seed: 1, faults: [], inspect: []
    })
  })

  it('takes every option and any number of URLs', async () => {
    const args = ['https://a.example/1.mp4', '--port', '0', '--data', 'here', '--wiring', '../stack.json', '--allow-private-sources', '--max-file-bytes=1000', '--concurrency', '10', '--fast-retries', '--json', '--virtual-clock', '--seed=7',
      '--fault', 's3.UploadPart=reset', '--fault', 'kill.TransferFile:2=after', 'b', '--preset', 'audio', '--audio-language', 'fi', '--audio-role', 'description', '--record', '600', '--inspect', 'TransferFile', '--inspect=ListFiles=9230', '--dist', 'built']
    expect(await parseOptions(args, '/somewhere/deep')).toEqual({
      urls: ['https://a.example/1.mp4', 'b'], preset: 'audio', audio: {language: 'fi', role: 'description'}, record: {seconds: 600}, port: 0, data: '/somewhere/deep/here', wiring: '/somewhere/stack.json', allowPrivateSources: true, maxFileBytes: 1000, concurrency: 10, fastRetries: true, json: true,
      virtualClock: true, seed: 7, faults: [{at: 's3.UploadPart', effect: 'reset'}, {at: 'kill.TransferFile', effect: 'after', nth: 2}],
      inspect: [{functionName: 'TransferFile', port: 0}, {functionName: 'ListFiles', port: 9230}], bundles: '/somewhere/deep/built/lambdas', console: '/somewhere/deep/built/console'
    })
  })

  it.each([[['--audio-language', 'pt-BR'], {language: 'pt-BR'}], [['--audio-role', 'dub'], {role: 'dub'}]])('takes %j alone', async (args, audio) => {
    expect(await parseOptions([...args, 'https://a.example/1.mpd'])).toMatchObject({audio})
  })

  it('has no data folder where nothing is kept', async () => {
    expect(await parseOptions(['--ephemeral'])).not.toHaveProperty('data')
  })

  it('answers help whatever else is asked', async () => {
    expect(await parseOptions(['--help', '--port', 'x'])).toBe('help')
  })

  it.each([
    [['--prot', '1'], 'Unknown option \'--prot\'. Did you mean --port?'],
    [['--port'], '--port <n> takes a value'],
    [['--port', '65536'], '--port takes a whole number from 0 to 65535, not \'65536\''],
    [['--port', '4e3'], '--port takes a whole number from 0 to 65535, not \'4e3\''],
    [['--max-file-bytes', '0'], '--max-file-bytes takes a whole number from 1 to 9007199254740991, not \'0\''],
    [['--concurrency', '0'], '--concurrency takes a whole number from 1 to 100000, not \'0\''],
    [['--seed=-1'], '--seed takes a whole number from 0 to 4294967295, not \'-1\''],
    [['--fault', 's3.UploadPart=fire'], '--fault: Expected `effect` of s3.UploadPart to be throttle, error, timeout, reset; got "fire".'],
    [['--fault', 'none.json'], '--fault: ENOENT: no such file or directory, open \'/plans/none.json\''],
    [['--json=yes'], 'Unknown option \'--json=yes\''],
    [['--preset', 'audio'], '--preset needs a URL to apply to'],
    [['--audio-language', 'fi'], '--audio-language needs a URL to apply to'],
    [['--audio-role', 'dub'], '--audio-role needs a URL to apply to'],
    [['--record', '60'], '--record needs a URL to apply to'],
    [['--record', '841', 'https://a.example/'], '--record takes a whole number from 1 to 840, not \'841\''],
    [['--record', '1.5', 'https://a.example/'], '--record takes a whole number from 1 to 840, not \'1.5\''],
    [['--data', 'x', '--ephemeral'], '--data and --ephemeral exclude each other']
  ])('refuses %j', async (args, message) => {
    await expect(parseOptions(args, '/plans')).rejects.toMatchObject({name: 'UsageError', message: expect.stringContaining(message)})
  })

  it('explains every option that it takes', async () => {
    let help = ''
    await runCommand(start, ['--help'], {out: (text) => { help += text }, err: () => undefined})
    const options = ['port', 'data', 'ephemeral', 'wiring', 'preset', 'audio-language', 'audio-role', 'record', 'allow-private-sources', 'max-file-bytes', 'fast-retries', 'json', 'help']
    expect(options.filter((name) => !help.includes(`--${name} `))).toEqual([])
  })
})
