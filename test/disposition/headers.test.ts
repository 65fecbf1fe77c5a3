import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {headers} from './headers'

test('npm run sources:names has recorded what Chromium does with each header', () => {
  const {names} = JSON.parse(readFileSync('src/util/sources/test/data/chromium-disposition.json', 'utf8')) as {names: ReadonlyArray<{header: string}>}
  expect(names.map(({header}) => header)).toEqual(headers)
})
