import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {File} from '../../../shared/api'
import {placeIn, readResult} from '../result'

const url = 'https://example.com/harbour.mp4'
const file: File = {
  fileId: 'url-1', status: 'Downloaded', title: null, size: 5, bytesDone: 5, speed: null, secondsLeft: null, error: null, downloadUrl: 'http://127.0.0.1:4510/media-bucket/media/url-1.mp4?X-Amz-Signature=a'
}
const sha256OfHello = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

describe('resultOf', () => {
  let folder: string
  const pathOf = (bucket: string, key: string): string => join(folder, `${bucket} ${key.replaceAll('/', ' ')}`)

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'result-'))
    writeFileSync(pathOf('media-bucket', 'media/url-1.mp4'), 'hello')
  })

  afterAll(() => rmSync(folder, {recursive: true}))

  it('has key, path, size and digest of the object', async () => {
    expect(await readResult({url, file}, pathOf, true)).toEqual({
      url, fileId: 'url-1', status: 'Downloaded', key: 'media/url-1.mp4', path: pathOf('media-bucket', 'media/url-1.mp4'), size: 5, sha256: sha256OfHello, error: null
    })
  })

  it('names no path that will be gone', async () => {
    expect(await readResult({url, file}, pathOf, false)).toMatchObject({path: null, sha256: sha256OfHello})
  })

  it('has the reason of a failure, with the file where there is one', async () => {
    const error = {code: 'EmptyBodyError', message: 'Nothing came.', retryable: false}
    const nothing = {url, status: 'Failed', key: null, path: null, size: null, sha256: null, error}
    expect(await readResult({url, file: {...file, status: 'Failed', downloadUrl: null}, error}, pathOf, true)).toEqual({...nothing, fileId: 'url-1'})
    expect(await readResult({url, error}, pathOf, true)).toEqual({...nothing, fileId: null})
  })
})

describe('placeIn', () => {
  it('reads bucket and key, decoded, from a path-style link', () => {
    expect(placeIn('http://127.0.0.1:1/bucket/media/a%20b.mp4?x=1')).toEqual({bucket: 'bucket', key: 'media/a b.mp4'})
  })
})
