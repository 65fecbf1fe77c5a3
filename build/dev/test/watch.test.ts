import {mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {watchFolder} from '../watch'

let folder: string
let saves = 0
let stop = (): void => undefined

/** Whether some work is noticed, within a time that suffices on a busy machine. */
const isNoticed = async (work: () => void, milliseconds = 5_000): Promise<boolean> => {
  await sleep(300)
  saves = 0
  work()
  for (const end = Date.now() + milliseconds; saves === 0 && Date.now() < end;) {
    await sleep(20)
  }
  return saves > 0
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'))
  mkdirSync(join(folder, 'deep/er'), {recursive: true})
  mkdirSync(join(folder, 'test'))
  stop = watchFolder(folder, () => { saves += 1 })
})
afterEach(() => {
  stop()
  rmSync(folder, {recursive: true, force: true})
})

describe('watchFolder', () => {
  it('notices a file that is written, one that takes the place of another, and one in a new folder', async () => {
    const path = join(folder, 'deep/er/file.ts')
    expect(await isNoticed(() => writeFileSync(path, '1'))).toBe(true)
    expect(await isNoticed(() => {
      writeFileSync(`${path}.tmp`, '2')
      renameSync(`${path}.tmp`, path)
    })).toBe(true)
    expect(await isNoticed(() => mkdirSync(join(folder, 'new')))).toBe(true)
    expect(await isNoticed(() => writeFileSync(join(folder, 'new/file.ts'), '3'))).toBe(true)
  })

  it('notices a file in a folder that was removed and made again', async () => {
    await isNoticed(() => {
      rmSync(join(folder, 'deep'), {recursive: true})
      mkdirSync(join(folder, 'deep/er'), {recursive: true})
    })
    expect(await isNoticed(() => writeFileSync(join(folder, 'deep/er/file.ts'), '1'))).toBe(true)
  })

  it('notices neither tests nor anything once it has stopped', async () => {
    expect(await isNoticed(() => writeFileSync(join(folder, 'test/file.ts'), '1'), 500)).toBe(false)
    stop()
    expect(await isNoticed(() => writeFileSync(join(folder, 'deep/file.ts'), '1'), 500)).toBe(false)
  })
})
