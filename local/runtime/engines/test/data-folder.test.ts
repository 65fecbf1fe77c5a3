import {existsSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {linkSecret, openDataFolder} from '../data-folder'

let path: string
beforeAll(() => { path = mkdtempSync(join(tmpdir(), 'data-folder-')) })
afterAll(() => rmSync(path, {recursive: true, force: true}))

describe('A data folder', () => {
  it('has one runtime at a time', () => {
    const first = openDataFolder(join(path, 'one'))
    expect(() => openDataFolder(join(path, 'one'))).toThrow(`Another runtime (process ${process.pid}) uses the data in ${join(path, 'one')}. Stop it, or choose another folder with --data.`)
    first.close()
    openDataFolder(join(path, 'one')).close()
  })

  it('keeps its secret', () => {
    const secrets = [1, 2].map(() => {
      const folder = openDataFolder(join(path, 'two'))
      const secret = linkSecret(folder.db)
      folder.close()
      return secret
    })
    expect(secrets[0]).toHaveLength(40)
    expect(secrets[1]).toBe(secrets[0])
  })

  it('goes when nothing is to be kept', () => {
    const folder = openDataFolder(undefined)
    expect([folder.isKept, existsSync(folder.path)]).toEqual([false, true])
    folder.close()
    expect(existsSync(folder.path)).toBe(false)
  })
})
