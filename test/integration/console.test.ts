import {copyFile, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import axe from 'axe-core'
import type {Browser, Page} from 'playwright-core'
import {type DemoSite, startDemoSite} from '../../local/cli/demo/media-site'
import {call, registerDevice} from '../helpers/api'
import {firstView, launchBrowser, openPage, type View} from '../helpers/browser'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {eventually, startSystem, type System} from '../helpers/system'

const clip = join('local', 'cli', 'demo', 'harbour.mp4')
const pages = ['files', 'workflow', 'events', 'replay', 'timeline', 'lab', 'logs']

let system: System
let demo: DemoSite
let media: MediaSite
let browser: Browser
let page: Page
let errors: string[]
let folder: string

/** A page of a site with a video, its picture and its captions. */
const watch = '<!DOCTYPE html><html><head><title>The old pier</title></head><body><video poster="poster.png"><source src="clip.mp4" type="video/mp4">'
  + '<track kind="subtitles" srclang="en" src="en.vtt"></video></body></html>'
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

beforeAll(async () => {
  demo = await startDemoSite(clip, 3000)
  folder = await mkdtemp(join(tmpdir(), 'console-'))
  await Promise.all([
    copyFile(clip, join(folder, 'clip.mp4')), writeFile(join(folder, 'poster.png'), dot), writeFile(join(folder, 'watch.html'), watch),
    writeFile(join(folder, 'en.vtt'), 'WEBVTT\n\n00:00.000 --> 00:07.000\nThe last boats come home.\n')
  ])
  media = await startMediaSite({folder})
  system = await startSystem(['--ephemeral', '--allow-private-sources', '--fast-retries'])
  browser = await launchBrowser();
  ({page, errors} = await openPage(browser))
  await registerDevice(system, 'local', 'phone')
})

afterAll(async () => {
  await browser?.close()
  await system?.stop()
  await media?.close()
  demo?.close()
  await rm(folder, {recursive: true, force: true})
})

const open = async (hash: string): Promise<void> => {
  await page.goto(`${system.address}/${hash}`)
  await page.locator('h1').waitFor()
}

const request = async (url: string): Promise<void> => {
  await open('#/files')
  await page.getByRole('textbox', {name: 'Links to media'}).fill(url)
  await page.getByRole('button', {name: 'Request'}).click()
}

const card = (title: string) => page.locator('.file', {hasText: title}).first()

const rows = () => page.locator('[data-event]')

const standing = (state: string): Promise<string | null> => page.locator(`[data-state="${state}"]`).getAttribute('data-standing')

describe('A file', () => {
  it('is asked for, and its states turn green as they are done', async () => {
    await request(demo.url)
    await card('Harbour at dusk').waitFor()
    await card('Harbour at dusk').getByRole('link', {name: /^Workflow of/}).click()
    // The look has brought a file as small as this one, so that the transfer may be over before anybody sees it run.
    await eventually('TransferFile to run', async () => ['running', 'succeeded'].includes(String(await standing('TransferFile'))) ? true : undefined)
    expect(await standing('ClaimFile')).toBe('succeeded')
    await eventually('TransferFile to be done', async () => await standing('TransferFile') === 'succeeded' ? true : undefined)
    await page.locator('[data-state="TransferFile"]').click()
    await page.getByRole('tab', {name: 'Output'}).click()
    expect(await page.locator('pre[aria-label="Output"]').textContent()).toContain('"contentType": "video/mp4"')
    await page.getByRole('tab', {name: /^History/}).click()
    await page.getByRole('group', {name: 'History'}).press('End')
    await page.getByText('Execution succeeded').waitFor()
    await page.getByRole('link', {name: 'File', exact: true}).click()
    await page.locator('.file.pointed', {hasText: 'Harbour at dusk'}).waitFor()
  })

  it('plays in the page, from the bucket by ranges', async () => {
    await open('#/files')
    const ranged = page.waitForResponse((response) => response.status() === 206)
    await card('Harbour at dusk').getByRole('button', {name: 'Play', exact: true}).click()
    expect((await ranged).headers()['content-range']).toMatch(/^bytes \d+-\d+\/\d+$/)
    await eventually('the clip to play', async () => await page.locator('.player video').evaluate((video) => (video as unknown as {currentTime: number}).currentTime) > 0.2 ? true : undefined)
    await page.keyboard.press('Escape')
  })

  it('is told to the device', async () => {
    const push = page.getByRole('region', {name: 'Pushes'}).locator('.push').first()
    await push.waitFor()
    expect(await push.textContent()).toMatch(/Download Complete.*Harbour at dusk/)
  })

  it('that does not come says why, what to do, and can be asked for again', async () => {
    await request(media.url('/status/404'))
    const failed = card('404')
    await failed.locator('.reason').waitFor()
    expect(await failed.locator('.reason').textContent()).toMatch(/404.*Check the link/s)
    const before = media.requests.length
    await failed.getByRole('button', {name: 'Retry'}).click()
    await eventually('the source to be asked again', () => media.requests.length > before ? true : undefined)
  })

  it('that waits says why, and when it continues', async () => {
    await request(media.url('/status/429?retry-after=300'))
    const waiting = card('429')
    await waiting.locator('.reason.waiting').waitFor()
    expect(await waiting.locator('.reason').textContent()).toMatch(/wants fewer requests \(HTTP 429\)\.It continues by itself at (?:\w+ \d+, )?\d\d:\d\d/)
    expect(Date.parse(await waiting.locator('time').getAttribute('datetime') ?? '')).toBeGreaterThan(Date.now())
  })

  it('is stopped while it comes, and says so', async () => {
    await request(media.url('/synthetic/60000000.mp4?rate=400000'))
    const running = card('60000000')
    await eventually('progress, speed and time left', async () => /of 57\.2 MB.*\/s · .* left/.test(await running.textContent() ?? '') ? true : undefined)
    await running.getByRole('button', {name: 'Cancel'}).click()
    await running.getByText('You stopped it; nothing of it was kept.').waitFor()
    await running.getByRole('button', {name: 'Retry'}).waitFor()
  })

  it('of a site comes with its picture, and plays with its captions', async () => {
    await request(media.url('/files/watch.html'))
    const watched = card('The old pier')
    await watched.locator('.thumb img').waitFor({timeout: 60_000})
    await watched.getByRole('button', {name: 'Play', exact: true}).click({timeout: 60_000})
    const track = page.locator('.player track')
    expect(await track.getAttribute('label')).toBe('English')
    await eventually('the captions to be loaded', () => track.evaluate((element) => {
      const {track: text, readyState} = element as unknown as {track: {mode: string, cues: {length: number} | null}, readyState: number}
      text.mode = 'showing'
      return readyState === 2 && text.cues?.length === 1 ? true : undefined
    }))
    await page.keyboard.press('Escape')
  })

  it('is asked for as sound, where sound is chosen', async () => {
    await open('#/files')
    await page.getByRole('combobox', {name: 'What to fetch'}).selectOption('audio')
    const [asked] = await Promise.all([
      page.waitForRequest((each) => each.method() === 'POST' && each.url().endsWith('/files')),
      page.getByRole('textbox', {name: 'Links to media'}).fill(media.url('/synthetic/50000.mp3')).then(() => page.getByRole('button', {name: 'Request'}).click())
    ])
    expect(asked.postDataJSON()).toEqual({url: media.url('/synthetic/50000.mp3'), preset: 'audio'})
    await card('50000').waitFor()
  })

  it('is refused with the API\'s own words where the link is none', async () => {
    await request('https://user:secret@example.com/a.mp4')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('InvalidUrlError')
  })

  it('tells its story on one axis, with what it would cost', async () => {
    await open('#/files')
    await card('Harbour at dusk').getByRole('link', {name: /^Timeline of/}).click()
    await page.getByRole('button', {name: /^TransferFile ?, .* took/}).first().waitFor()
    await page.getByRole('button', {name: /^Push ?,/}).waitFor()
    expect(await page.getByRole('region', {name: 'Cost'}).textContent()).toMatch(/\$0\.000\d+/)
  })

  it('belongs to who asked', async () => {
    await open('#/files')
    await page.getByRole('button', {name: 'Another user'}).click()
    await page.getByRole('textbox', {name: 'Name'}).fill('ann')
    await page.getByRole('button', {name: 'Be ann'}).click()
    await page.getByText('No files yet').waitFor()
    await page.getByRole('combobox', {name: 'User'}).selectOption('local')
    await card('Harbour at dusk').waitFor()
  })
})

describe('Events', () => {
  it('are filtered by name and by any text', async () => {
    await open('#/events')
    await page.getByRole('combobox', {name: 'Event'}).selectOption('FileDownloadFailed')
    await eventually('failures alone', async () => {
      const names = await rows().evaluateAll((items) => items.map((item) => (item as unknown as {dataset: Record<string, string>}).dataset['event']))
      return names.length > 0 && names.every((name) => name === 'FileDownloadFailed') ? true : undefined
    })
    await page.getByRole('combobox', {name: 'Event'}).selectOption('')
    await page.getByRole('searchbox').fill('Harbour at dusk')
    await eventually('only events with the title', async () => {
      const texts = await rows().allTextContents()
      return texts.length > 0 && texts.every((text) => text.includes('Harbour at dusk')) ? true : undefined
    })
  })

  it('have their verdict, rules and deliveries', async () => {
    await open('#/events?name=FileRequested')
    await rows().first().click()
    await page.getByText('It keeps its contract.').waitFor()
    expect(await page.getByRole('region', {name: 'Deliveries'}).textContent()).toMatch(/FileRequested → StartFileUpload.*delivered/s)
    await page.getByRole('region', {name: 'Consumers'}).getByText('StartFileUpload').waitFor()
  })

  it('that break their contract are not sent, with the reason; sent all the same, they are refused by their consumer', async () => {
    await open('#/events')
    await page.getByRole('button', {name: 'Publish'}).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', {name: 'Event'}).selectOption('FileRequested')
    const editor = dialog.getByRole('textbox', {name: 'Detail'})
    await eventually('the contract\'s own example', async () => (await editor.textContent())?.includes('sourceUrl') ? true : undefined)
    await editor.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('{"fileId": "no spaces here"}')
    await dialog.getByRole('button', {name: 'Publish'}).click()
    expect(await dialog.getByRole('alert').textContent()).toMatch(/must have required property 'correlationId'.*detail\.fileId must match pattern/)
    await dialog.getByRole('button', {name: /Send it anyway/}).click()
    await page.getByText('Its contract refuses it. Consumers will too.').waitFor()
    await page.getByText(/InvalidEventError/).first().waitFor()
  })

  it('complete their JSON by the contract', async () => {
    await open('#/events')
    await page.getByRole('button', {name: 'Publish'}).click()
    const editor = page.getByRole('dialog').getByRole('textbox', {name: 'Detail'})
    await eventually('the example', async () => (await editor.textContent())?.includes('fileId') ? true : undefined)
    await editor.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('{"corr')
    await page.keyboard.press('Control+Space')
    await page.getByRole('option', {name: /correlationId/}).waitFor()
    await page.getByRole('dialog').getByRole('button', {name: 'Close'}).click()
  })

  it('are tried with a pattern', async () => {
    await open('#/events')
    await page.getByRole('button', {name: 'Try a pattern'}).click()
    await page.getByRole('dialog').getByRole('combobox').selectOption('TriggerFileDownload')
    await page.getByRole('button', {name: 'Try on recent events'}).click()
    await page.getByText(/^[1-9]\d* of the last \d+ events meet it\.$/).waitFor()
  })

  it('that are said while the connection is lost are there when it is back', async () => {
    await open('#/events')
    await page.getByText('Live', {exact: true}).waitFor()
    const total = async (): Promise<number> => Number(await page.locator('[data-total]').getAttribute('data-total'))
    await eventually('the list', async () => await total() > 0 ? true : undefined)
    const before = await total()
    await page.context().setOffline(true)
    await call(system, 'ann', 'POST', '/files', {url: media.url('/clip.mp4?offline')})
    await eventually('an event', () => system.lines.find((line) => JSON.stringify(line).includes('offline')))
    await page.context().setOffline(false)
    await eventually('more events than before', async () => await total() > before ? true : undefined)
    await page.reload()
    await eventually('as many after a reload', async () => await total() > before ? true : undefined)
  })
})

describe('The archive', () => {
  it('is replayed on the local bus', async () => {
    await open('#/replay')
    await page.getByRole('img', {name: /archived events over time/}).waitFor()
    await page.getByRole('button', {name: 'Replay on the local bus'}).click()
    await page.getByRole('region', {name: 'Replays'}).getByText('completed').waitFor()
    await open('#/events')
    await rows().first().waitFor()
  })

  it('is replayed in the shadow, with every effect kept inside, and what differs', async () => {
    await open('#/replay')
    await page.getByRole('button', {name: 'Replay in the shadow'}).click()
    const shadow = page.getByRole('region', {name: 'Shadow'})
    await shadow.waitFor({timeout: 60_000})
    expect(await shadow.textContent()).toMatch(/[1-9]\d*events[1-9]\d*attempts the same.*0effects outside/)
  })
})

describe('The lab', () => {
  it('switches a fault on, and off again', async () => {
    await open('#/lab')
    await page.locator('.recipe', {hasText: 'Throttle the table'}).getByRole('button', {name: 'Switch on'}).click()
    const planned = page.getByRole('region', {name: 'Planned'})
    await planned.getByText('throttle at dynamodb.*, 10 times').waitFor()
    await planned.getByRole('button', {name: /^Switch off/}).click()
    await planned.getByText('Nothing is to go wrong').waitFor()
  })

  it('brings a video of the practice source home although that breaks off', async () => {
    await open('#/lab')
    await page.locator('.recipe', {hasText: 'Source: break off'}).getByRole('button', {name: 'Switch on'}).click()
    await page.getByRole('region', {name: 'Planned'}).getByText('0 struck of 0 seen').waitFor()
    await page.getByRole('region', {name: 'Practice source'}).getByRole('button', {name: 'Request a small video'}).click()
    await page.getByText('FileDownloadCompleted').first().waitFor()
    await open('#/lab')
    await page.getByRole('region', {name: 'Planned'}).getByText('1 struck of').waitFor()
  })
})

describe('The logs', () => {
  it('follow, and narrow to one request', async () => {
    await open('#/logs?name=StartFileUpload')
    const line = page.locator('.log').last()
    await line.waitFor()
    expect(await page.locator('.log-function').evaluateAll((names) => [...new Set(names.map((name) => name.textContent))])).toEqual(['StartFileUpload'])
    await line.click()
    await page.getByRole('region', {name: 'The line'}).waitFor()
    await page.getByRole('button', {name: 'Only this request'}).click()
    await eventually('lines of several functions', async () => new Set(await page.locator('.log-function').allTextContents()).size > 1 ? true : undefined)
  })
})

describe('The pages', () => {
  it.each(['light', 'dark'] as const)('have no serious barrier in %s', async (colorScheme) => {
    const {page: own} = await openPage(browser, {colorScheme})
    const found: string[] = []
    for (const name of pages) {
      await own.goto(`${system.address}/#/${name}`)
      await own.locator('h1').waitFor()
      await own.waitForTimeout(700)
      await own.evaluate(axe.source)
      const {violations} = await own.evaluate(() => (globalThis as unknown as {axe: typeof axe}).axe.run())
      found.push(...violations.filter(({impact}) => impact === 'serious' || impact === 'critical').map(({id, nodes}) => `${name}: ${id} ${nodes.map(({html}) => html.slice(0, 160)).slice(0, 3).join(' | ')}`))
    }
    await own.context().close()
    expect(found).toEqual([])
  })

  it('ask no one but this address for anything', async () => {
    const {page: own} = await openPage(browser)
    const asked = new Set<string>()
    own.on('request', (each) => asked.add(new URL(each.url()).origin))
    for (const name of pages) {
      await own.goto(`${system.address}/#/${name}`)
      await own.waitForTimeout(300)
    }
    await own.context().close()
    expect([...asked].filter((origin) => origin !== 'null')).toEqual([system.address])
  })

  it('are there within a second, in at most 300 kB', async () => {
    const views: View[] = []
    // The first that is fast counts: other tests' busy moments are not the pages'.
    while (views.length < 20 && views.every(({milliseconds}) => milliseconds >= 1000)) {
      views.push(await firstView(browser, system.address))
    }
    const best = Math.min(...views.map(({milliseconds}) => milliseconds))
    console.info(`First view: ${Math.round(best)} ms, ${Math.round(views[0]!.bytes / 1000)} kB compressed`)
    expect({isFast: best < 1000, isSmall: views[0]!.bytes < 300_000}).toEqual({isFast: true, isSmall: true})
  })

  it('met no error of their own', () => {
    expect(errors).toEqual([])
  })
})
