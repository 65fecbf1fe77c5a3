import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from '@jest/globals'
import {findYtDlp, ytDlpLine} from '../yt-dlp'

const folder = mkdtempSync(join(tmpdir(), 'found-'))
const program = (name: string, script: string, mode = 0o755): string => {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, mode)
  return path
}

afterAll(() => rmSync(folder, {recursive: true}))

describe('findYtDlp', () => {
  it('finds the one that is named, whatever is on the PATH', async () => {
    program('yt-dlp', 'echo 2023.03.04')
    const path = program('mine', 'echo 2026.10.26')
    const found = await findYtDlp({YT_DLP_PATH: ` ${path} `, PATH: `${folder}:/bin:/usr/bin`})
    expect([found, ytDlpLine(found)]).toEqual([{path, version: '2026.10.26'}, `yt-dlp: ${path}, version 2026.10.26`])
  })

  it('finds the first on the PATH', async () => {
    const path = program('yt-dlp', 'echo 2023.03.04')
    expect(await findYtDlp({PATH: `/nowhere::${folder}`})).toEqual({path, version: '2023.03.04'})
  })

  it.each([
    ['a folder', () => folder, /names the folder .* Name the program in it\.$/], ['nothing', () => join(folder, 'none'), /where there is no program\. Name another/],
    ['what may not be run', () => program('odd', '', 0o644), /may not be run|version/], ['what says nothing', () => program('broken', 'exit 1'), /does not say its version/]
  ])('says what is wrong with %s', async (_what, path, problem) => {
    const named = path()
    const found = await findYtDlp({YT_DLP_PATH: named, PATH: folder})
    expect(found).toEqual({path: named, problem: expect.stringMatching(problem)})
    expect(ytDlpLine(found)).toMatch(/^yt-dlp: /)
  })

  it('says that there is none', async () => {
    expect(await findYtDlp({PATH: '/nowhere'})).toEqual({path: null, problem: expect.stringMatching(/^No yt-dlp is on the PATH: only direct media URLs work\./)})
  })
})
