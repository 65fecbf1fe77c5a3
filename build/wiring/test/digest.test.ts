import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {digestInputs} from '../digest'

let folder: string

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), {recursive: true})
  writeFileSync(join(folder, path), text)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'digest-'))
  write('terraform/api.tf', 'api')
  write('terraform/modules/lambda/main.tf', 'lambda')
  write('terraform/workflows/Flow.asl.json', '{}')
  write('src/types/events/Asked/schema.json', '{}')
})

afterEach(() => rmSync(folder, {recursive: true}))

describe('digestInputs', () => {
  it.each(['terraform/api.tf', 'terraform/modules/lambda/main.tf', 'terraform/workflows/Flow.asl.json', 'src/types/events/Asked/schema.json', 'terraform/new.tf'])(
    'changes with %s', (path) => {
      const before = digestInputs(folder)
      write(path, 'changed')
      expect(digestInputs(folder)).not.toBe(before)
    })

  it.each(['terraform/environments/dev.tfvars', 'terraform/modules/lambda/tests/lambda.tftest.hcl', 'terraform/modules/lambda/tests/refused-this/main.tf', 'terraform/.terraform/x.tf', 'terraform/bootstrap/state.tf', 'terraform/backend.tf'])(
    'stays the same whatever %s holds', (path) => {
      const before = digestInputs(folder)
      write(path, 'changed')
      expect(digestInputs(folder)).toBe(before)
    })

  it('tells a text that moved to another file', () => {
    const before = digestInputs(folder)
    write('terraform/api.tf', '')
    write('terraform/app.tf', 'api')
    expect(digestInputs(folder)).not.toBe(before)
  })
})
