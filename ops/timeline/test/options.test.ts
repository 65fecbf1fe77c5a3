import {expect, test} from '@jest/globals'
import {UsageError} from '../../program/arguments-of-build'
import {parseOptions} from '../options'

test('looks at the embedded AWS unless it is told otherwise', () => {
  expect(parseOptions(['url-1'], {})).toEqual({fileId: 'url-1', data: '.local', suffix: '', region: 'us-west-2', json: false, endpoint: 'http://127.0.0.1:4510'})
})

test('looks into AWS', () => {
  expect(parseOptions(['youtube-dQw4w9WgXcQ', '--aws', '--suffix=-Dev', '--json'], {AWS_REGION: 'eu-central-1'}))
    .toEqual({fileId: 'youtube-dQw4w9WgXcQ', data: '.local', suffix: '-Dev', region: 'eu-central-1', json: true})
})

test.each([
  ['no fileId', []],
  ['two', ['url-1', 'url-2']],
  ['one that would change the query of the logs', ['url-1" or 1=1']],
  ['two places', ['url-1', '--aws', '--endpoint', 'http://127.0.0.1:1']],
  ['an unknown option', ['url-1', '--all']]
])('refuses %s', (_, args) => {
  expect(() => parseOptions(args, {})).toThrow(UsageError)
})
