import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, it} from '@jest/globals'
import {lacksFfprobe} from '../ffprobe'
import {plainReporter} from '../plain-reporter'
import {jsonReporter} from '../reporter'

const folder = mkdtempSync(join(tmpdir(), 'ffprobe-'))
afterAll(() => rmSync(folder, {recursive: true}))

it('is missed where no folder of the PATH has one that may be run', async () => {
  writeFileSync(join(folder, 'ffprobe'), '#!/bin/sh\n')
  chmodSync(join(folder, 'ffprobe'), 0o644)
  const lack = await lacksFfprobe({PATH: `/nowhere::${folder}`})
  expect(lack).toMatch(/^ffprobe: not on the PATH, so a video that lost .* Install ffmpeg/)
  expect(await lacksFfprobe({})).toBe(lack)
})

it('is not missed where it can be run', async () => {
  chmodSync(join(folder, 'ffprobe'), 0o755)
  expect(await lacksFfprobe({PATH: `/nowhere:${folder}`})).toBeUndefined()
})

it('is told of in the form of all other lines', () => {
  const lines: string[] = []
  plainReporter((line) => lines.push(line)).lacks('ffprobe: not here.')
  jsonReporter((line) => lines.push(line)).lacks('ffprobe: not here.')
  expect(lines).toEqual(['ffprobe: not here.', '{"type":"lacks","message":"ffprobe: not here."}'])
})
