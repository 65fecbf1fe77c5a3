import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {Browser, Page} from 'playwright-core'
import {openStore, transaction} from '../../local/runtime/core/store'
import {openJournal} from '../../local/console/api/journal'
import {delivered, said} from '../../local/console/api/test/entries'
import {requestFile, settledFile} from '../helpers/api'
import {launchBrowser, openPage} from '../helpers/browser'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {eventually, startSystem, type System} from '../helpers/system'

const [eventCount, executionCount] = [10_000, 1000]
/** A list that is not virtual has all its rows in the document. */
const maxRows = 60

let folder: string
let media: MediaSite
let system: System
let browser: Browser
let page: Page

/** One real execution, as often as is wanted; events with their deliveries as the journal keeps them. */
const fill = (): void => {
  const db = openStore(join(folder, 'store.sqlite'))
  const {arn, machine, document} = db.prepare('SELECT arn, machine, document FROM states_executions').get() as Record<string, string>
  const execution = JSON.parse(document!) as {started: number}
  const insert = db.prepare('INSERT INTO states_executions (arn, machine, status, started, document) VALUES (?, ?, ?, ?, ?)')
  const journal = openJournal(db)
  transaction(db, () => {
    for (let index = 1; index < executionCount; index++) {
      const copy = {...execution, arn: `${arn}-${index}`, name: `copy-${index}`, started: execution.started - index * 1000}
      insert.run(copy.arn, machine!, 'SUCCEEDED', copy.started, JSON.stringify(copy))
    }
  })
  for (let index = 0; index < eventCount; index++) {
    journal.record(said(`e-${index}`, {fileId: `file-${index}`, correlationId: `c-${index}`, sourceUrl: `https://example.com/${index}.mp4`, userId: 'ann', requestedAt: '2026-11-25T10:00:00.000Z'}))
    journal.record(delivered(`e-${index}`))
  }
  journal.close()
  db.close()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-scale-'))
  media = await startMediaSite()
  const first = await startSystem(['--data', folder, '--allow-private-sources'])
  const {body: {fileId}} = await requestFile(first, 'ann', media.url('/clip.mp4'))
  await settledFile(first, 'ann', fileId)
  await first.stop()
  fill()
  system = await startSystem(['--data', folder, '--allow-private-sources'])
  browser = await launchBrowser();
  ({page} = await openPage(browser))
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
  await media?.close()
  await rm(folder, {recursive: true, force: true})
})

/** An element of the page, as far as it is used here. */
interface Scroller {
  scrollTop: number
  readonly scrollHeight: number
  readonly clientHeight: number
  querySelectorAll: (selector: string) => {readonly length: number}
}

interface Scrolled {
  readonly rows: number
  readonly most: number
  /** Milliseconds from frame to frame while it scrolls, in order of size. */
  readonly frames: readonly number[]
}

/** Scrolls a list to its end, screen by screen as it is loaded, until it has `wanted` rows. */
const scrollThrough = (label: string, rowPixels: number, wanted: number): Promise<Scrolled> =>
  page.getByRole('group', {name: label}).evaluate(async (element, {pixels, goal}) => {
    const scroller = element as unknown as Scroller
    const {requestAnimationFrame: request} = globalThis as unknown as {requestAnimationFrame: (call: (at: number) => void) => void}
    const frame = () => new Promise<number>((resolve) => request(resolve))
    const frames: number[] = []
    let most = 0
    let before = await frame()
    const deadline = before + 90_000
    while (before < deadline && (scroller.scrollHeight < goal * pixels || scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 1)) {
      scroller.scrollTop += scroller.clientHeight
      const now = await frame()
      frames.push(now - before)
      before = now
      most = Math.max(most, scroller.querySelectorAll('[role="listitem"]').length)
    }
    return {rows: Math.round(scroller.scrollHeight / pixels), most, frames: frames.sort((one, other) => one - other)}
  }, {pixels: rowPixels, goal: wanted})

const tell = (what: string, {rows, most, frames}: Scrolled): void => {
  const at = (share: number): string => `${Math.round(frames[Math.floor((frames.length - 1) * share)] ?? 0)} ms`
  console.info(`${what}: ${rows} rows, at most ${most} in the document, ${frames.length} frames, half within ${at(0.5)}, 95 % within ${at(0.95)}, the longest ${at(1)}`)
}

describe('Long lists', () => {
  it('of 10,000 events are scrolled from the newest to the oldest with few rows in the document', async () => {
    await page.goto(`${system.address}/#/events`)
    await eventually('the events', async () => Number(await page.locator('[data-total]').getAttribute('data-total')) >= eventCount ? true : undefined)
    const scrolled = await scrollThrough('Events, newest first', 62, eventCount)
    tell('Events', scrolled)
    expect(scrolled.rows).toBeGreaterThanOrEqual(eventCount)
    expect(scrolled.most).toBeLessThan(maxRows)
    expect(scrolled.frames[Math.floor(scrolled.frames.length * 0.5)]).toBeLessThan(100)
  }, 120_000)

  it('of 1,000 executions are scrolled to the oldest likewise', async () => {
    await page.goto(`${system.address}/#/workflow`)
    await page.locator('[data-status]').first().waitFor()
    const scrolled = await scrollThrough('Executions, newest first', 62, executionCount)
    tell('Executions', scrolled)
    expect(scrolled.rows).toBe(executionCount)
    expect(scrolled.most).toBeLessThan(maxRows)
    expect(scrolled.frames[Math.floor(scrolled.frames.length * 0.5)]).toBeLessThan(100)
  }, 120_000)
})
