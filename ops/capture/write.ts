import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import type {EventEnvelope} from '../../local/runtime/core/types'
import type {CapturedSources} from '../../local/replay/doors/captured-source'
import type {Gathered} from './gather'
import type {Settled} from './settle'

/** What a captured test plays. */
export interface Capture {
  readonly fileId: string
  readonly capturedAt: string
  readonly notes: readonly string[]
  readonly events: readonly EventEnvelope[]
  readonly sources: CapturedSources
  readonly expected: Settled['expected']
}

const helper = join(import.meta.dirname, '..', '..', 'test', 'helpers', 'captured')

const findOutcome = (events: readonly EventEnvelope[]): string => {
  const failed = events.findLast((event) => event['detail-type'] === 'FileDownloadFailed')
  return failed === undefined ? events.at(-1)!['detail-type'] : String(failed.detail['errorCode'])
}

const formatTest = (folder: string, {fileId, events}: Capture): string => `import {describe, expect, it} from '@jest/globals'
import {playCapture, readCapture} from '${relative(folder, helper)}'

const capture = readCapture(import.meta.dirname)

describe('${findOutcome(events).replaceAll('\'', '')} of ${fileId}', () => {
  it('goes as it went', async () => {
    expect(await playCapture(capture)).toEqual(capture.expected)
  }, 60_000)
})
`

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const defaultName = ({fileId, events}: Pick<Gathered, 'fileId' | 'events'>): string =>
  `${findOutcome(events).replace(/\W+/g, '-')}-${fileId.slice(0, 20)}`

/** Writes a capture and the test that plays it into a folder of its own. Throws if there is one already. */
export const writeCapture = (folder: string, capture: Capture, background: Gathered['background']): void => {
  if (existsSync(folder)) {
    throw new Error(`Expected no capture in ${folder} yet; there is one. Remove it, or choose another --name.`)
  }
  mkdirSync(folder, {recursive: true})
  writeFileSync(join(folder, 'capture.json'), json(capture))
  writeFileSync(join(folder, 'background.json'), json(background))
  writeFileSync(join(folder, 'captured.test.ts'), formatTest(folder, capture))
}
