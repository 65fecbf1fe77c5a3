import {join} from 'node:path'
import {expect, it} from '@jest/globals'
import {readJson} from '../../../shared/read-json'
import {importedPackages} from '../packages'

const root = join(import.meta.dirname, '../../..')

it('finds every package that the functions depend on, with the names that they use', () => {
  const imported = importedPackages(root)
  const {dependencies} = readJson<{dependencies: Record<string, string>}>(join(root, 'package.json'))
  expect([...imported.keys()].sort()).toEqual(Object.keys(dependencies).sort())
  expect([...imported.get('ipaddr.js')!]).toEqual(['default'])
  expect([...imported.get('@aws-sdk/client-lambda')!].sort()).toEqual(['InvokeCommand', 'LambdaClient'])
})
