import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {generate} from '../../build/contracts/generate'

const root = join(import.meta.dirname, '../..')

describe('generated files', () => {
  it('are fresh: npm run contracts would change nothing', async () => {
    const {files, problems} = await generate(root)
    expect(problems).toEqual([])
    expect([...files.keys()].filter((path) => readFileSync(join(root, path), 'utf8') !== files.get(path))).toEqual([])
  })

  it('are the same each time', async () => {
    expect(await generate(root)).toEqual(await generate(root))
  })

  it('import nothing', () => {
    const text = ['eventbridge.ts', 'eventbridge.validators.js', 'eventbridge.validators.d.ts']
      .map((name) => readFileSync(join(root, 'src/types', name), 'utf8')).join('\n')
    expect(text.match(/^import .*|\bimport\(|(?<!_)\brequire\(/gm) ?? []).toEqual([])
  })
})

describe('a bad contract', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contracts-'))
    mkdirSync(join(folder, 'src/types/events/FileBad'), {recursive: true})
  })
  afterAll(() => rmSync(folder, {recursive: true}))
  const write = (text: string) => writeFileSync(join(folder, 'src/types/events/FileBad/schema.json'), text)

  it('generates nothing and is named', async () => {
    write('{"title": "FileBad"}')
    const {files, problems} = await generate(folder)
    expect({files: files.size, paths: [...new Set(problems.map((problem) => problem.split(':')[0]))]})
      .toEqual({files: 0, paths: ['src/types/events/FileBad/schema.json']})
  })

  it.each([['{', 'not JSON'], ['[]', 'expected a JSON object']])('%s is named with its path', async (text, why) => {
    write(text)
    await expect(generate(folder)).rejects.toThrow(`src/types/events/FileBad/schema.json: ${why}`)
  })

  it('is named where a folder has no schema', async () => {
    rmSync(join(folder, 'src/types/events/FileBad/schema.json'))
    await expect(generate(folder)).rejects.toThrow('src/types/events/FileBad/schema.json: expected a schema; every folder in src/types/events is an event.')
  })
})
