import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {publishingStates} from '../../build/contracts/asl'
import {readContracts, readSource} from '../../shared/contracts/schema'

const root = join(import.meta.dirname, '../..')
const reserved = /"aws\.[a-z][^"]*"/g

const textsBelow = (folder: string, ending: RegExp): Array<{path: string, text: string}> => existsSync(join(root, folder))
  ? readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
      .filter((path) => ending.test(path) && !/node_modules|\.terraform\//.test(path))
      .map((path) => ({path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8')}))
  : []

/** AWS drops what we publish under `aws.` although PutEvents returns 200 (corrections 1); Terraform and moto do not mind. */
describe('sources beginning with aws.', () => {
  it('are in no contract', () => {
    expect(readContracts(root).filter(({schema}) => /^aws\./i.test(readSource(schema)))).toEqual([])
  })

  it('are in no state of a workflow', () => {
    expect(publishingStates(root).filter(({entry}) => /^aws\./i.test(entry.Source ?? ''))).toEqual([])
  })

  it.each(textsBelow('terraform', /\.(tf|tfvars|asl\.json)$/))('are not in $path', ({text}) => {
    expect(text.match(reserved) ?? []).toEqual([])
  })

  it.each(textsBelow('src', /(?<!\.test)\.(ts|json)$/))('are not in $path', ({text}) => {
    expect(text.match(/["'`]aws\.[a-z][^"'`]*["'`]/g) ?? []).toEqual([])
  })

  it('are in no rule and no archive of the wiring', () => {
    const wiring = textsBelow('local', /^wiring\.json$/).map(({text}) => text.replaceAll('\\"', '"')).join('\n')
    expect(wiring.match(/"source":\s*\[[^\]]*"aws\.[^\]]*\]/gi) ?? []).toEqual([])
  })
})
