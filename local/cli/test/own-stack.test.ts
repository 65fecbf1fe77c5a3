import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {transformSync} from 'esbuild'
import {ownStack} from '../own-stack'

const source = 'const one: number = 1\n\nexport const fail = (): void => { throw new Error(String(one)) }'
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-stack-'))
  const {code, map} = transformSync(source, {loader: 'ts', sourcemap: 'external', sourcefile: '../a.ts', minify: true})
  writeFileSync(join(folder, 'a.mjs'), code)
  writeFileSync(join(folder, 'a.mjs.map'), map)
})

afterAll(() => { rmSync(folder, {recursive: true, force: true}) })

describe('ownStack', () => {
  it('says file and line of the source for a place in a bundle', () => {
    const address = pathToFileURL(join(folder, 'a.mjs')).href
    const column = transformSync(source, {loader: 'ts', minify: true}).code.indexOf('new Error') + 1
    expect(ownStack(`Error: 1\n    at fail (${address}:1:${column})`)).toBe(`Error: 1\n    at fail (${join(folder, '..', 'a.ts')}${`:3:${source.split('\n')[2]!.indexOf('new') + 1}`})`)
  })

  it('leaves places alone of which there is no map', () => {
    const stack = 'Error: x\n    at a (file:///gone/b.mjs:1:2)\n    at node:internal/process:3:4'
    expect(ownStack(stack)).toBe(stack)
  })
})
