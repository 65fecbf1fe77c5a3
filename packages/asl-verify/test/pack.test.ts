import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from '@jest/globals'

const folder = mkdtempSync(join(tmpdir(), 'asl-verify-pack-'))
afterAll(() => rmSync(folder, {recursive: true}))

const run = (program: string, ...args: string[]): {status: number | null, stdout: string, stderr: string} => {
  const {status, stdout, stderr} = spawnSync(program, args, {encoding: 'utf8', cwd: folder})
  return {status, stdout, stderr}
}

describe('the packed package', () => {
  it('has all that it needs, and runs without the repository', () => {
    const packed = run('npm', 'pack', '--silent', '--pack-destination', folder, join(import.meta.dirname, '..'))
    expect(packed).toMatchObject({status: 0, stderr: ''})
    expect(run('tar', '-xzf', packed.stdout.trim().split('\n').at(-1)!)).toMatchObject({status: 0})
    writeFileSync(join(folder, 'machine.asl.json'), '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 0.5, "End": true}}}')
    expect(run(process.execPath, 'package/bin/asl-verify.js', 'machine.asl.json')).toMatchObject({status: 1, stdout: expect.stringContaining('state A, field Seconds'), stderr: ''})
    writeFileSync(join(folder, 'use.mjs'), `
      import {findingsIn} from './package/dist/check.js'
      import {parseIntrinsic} from './package/dist/intrinsic.js'
      console.log(findingsIn('{}').length, parseIntrinsic('States.UUID()').name)
    `)
    expect(run(process.execPath, 'use.mjs')).toEqual({status: 0, stdout: '2 UUID\n', stderr: ''})
  })
})
