import {mkdtemp, rm} from 'node:fs/promises'
import {request as send} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {Browser, Page} from 'playwright-core'
import {requestFile, settledFile} from '../helpers/api'
import {launchBrowser, openPage} from '../helpers/browser'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {startSystem, type System} from '../helpers/system'

let folder: string
let media: MediaSite
let system: System
let browser: Browser
let page: Page

const start = (...more: string[]): Promise<System> => startSystem(['--data', folder, '--allow-private-sources', '--fast-retries', ...more])

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-limits-'))
  media = await startMediaSite()
  system = await start()
  browser = await launchBrowser();
  ({page} = await openPage(browser))
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
  await media?.close()
  await rm(folder, {recursive: true, force: true})
})

const focused = (): Promise<string> => page.evaluate(() => {
  const {document} = globalThis as unknown as {document: {activeElement: {textContent: string, getAttribute: (name: string) => string | null} | null}}
  return document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim() ?? ''
})

/** Presses Tab until something of this name has the focus. */
const tabTo = async (name: RegExp): Promise<void> => {
  const passed: string[] = []
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    passed.push(await focused())
    if (name.test(passed.at(-1)!)) {
      return
    }
  }
  throw new Error(`Expected ${String(name)} to be reached by Tab; it came by ${passed.join(' > ')}.`)
}

describe('The keyboard alone', () => {
  it('asks for a file, chooses a state of its workflow, and changes to the history', async () => {
    await page.goto(`${system.address}/#/files`)
    await page.getByRole('textbox', {name: 'Links to media'}).focus()
    await page.keyboard.type(media.url('/clip.mp4'))
    await page.keyboard.press('Enter')
    await page.getByRole('button', {name: 'Play', exact: true}).waitFor()
    await tabTo(/^Workflow of/)
    await page.keyboard.press('Enter')
    await page.locator('[data-state="ClaimFile"][data-standing="succeeded"]').waitFor()
    await tabTo(/^ClaimFile/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', {name: 'ClaimFile'}).waitFor()
    await tabTo(/^State$/)
    await page.keyboard.press('ArrowRight')
    await page.getByRole('tab', {name: /^History/, selected: true}).waitFor()
  })

  it('opens a dialog, leaves it, and is where it was', async () => {
    await page.goto(`${system.address}/#/events`)
    await page.getByRole('button', {name: 'Publish'}).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({state: 'detached'})
    expect(await focused()).toBe('Publish')
  })
})

describe('A runtime that is killed and started again', () => {
  it('is resumed by the open page behind the last entry that it had, without loss', async () => {
    await page.goto(`${system.address}/#/events`)
    await page.getByText('Live', {exact: true}).waitFor()
    await requestFile(system, 'local', media.url('/clip.mp4?before'))
    const shown = (text: string) => page.locator('[data-event="FileRequested"]', {hasText: text})
    await shown('before').waitFor()
    const {port} = new URL(system.address)
    await system.kill()
    await page.getByText('Not connected', {exact: true}).waitFor()
    const resumed = page.waitForRequest(async (request) => request.url().includes('/_local/stream') && (await request.allHeaders())['last-event-id'] !== undefined)
    system = await start('--port', port)
    const {body: {fileId}} = await requestFile(system, 'local', media.url('/clip.mp4?meanwhile'))
    await settledFile(system, 'local', fileId)
    await page.getByText('Live', {exact: true}).waitFor({timeout: 30_000})
    expect(Number((await (await resumed).allHeaders())['last-event-id'])).toBeGreaterThan(0)
    await shown('meanwhile').waitFor()
    expect(await shown('before').count()).toBe(1)
  }, 90_000)
})

/** The status of a request that says it is meant for `host`. */
const statusFor = (path: string, host: string): Promise<number | undefined> => new Promise((resolve, reject) => {
  const {hostname, port} = new URL(system.address)
  send({hostname, port, path, headers: {host}}, (response) => resolve(response.resume().statusCode)).once('error', reject).end()
})

describe('A stranger', () => {
  it.each(['/', '/files', '/_local/runtime'])('that resolves its name to this machine is refused at %s', async (path) => {
    expect([await statusFor(path, new URL(system.address).host), await statusFor(path, 'evil.example')]).toEqual([200, 403])
  })

  it('served by another program on this machine plans no fault, as a program that is no page may', async () => {
    const faults = `${system.address}/_local/faults`
    const body = JSON.stringify({at: 's3.*', effect: 'throttle'})
    const planned = async (): Promise<number> => (await (await fetch(faults)).json() as {faults: unknown[]}).faults.length
    const {page: other} = await openPage(browser)
    await other.goto(media.url('/page'))
    const blocked = other.waitForEvent('requestfailed')
    await other.evaluate(([address, fault]) => fetch(address, {method: 'POST', mode: 'no-cors', body: fault}).catch(() => undefined), [faults, body] as const)
    expect([(await blocked).failure()?.errorText, await planned()]).toEqual([expect.stringContaining('BLOCKED_BY_RESPONSE'), 0])
    await other.context().close()
    await fetch(faults, {method: 'POST', body})
    expect(await planned()).toBe(1)
    await fetch(faults, {method: 'DELETE'})
  })

  it('who got text into the page runs no script by it', async () => {
    await page.goto(`${system.address}/#/files`)
    const refused = await page.evaluate(() => new Promise((resolve) => {
      const {document} = globalThis as unknown as {document: {
        addEventListener: (type: string, listener: (event: {effectiveDirective: string}) => void) => void
        createElement: (name: string) => {textContent: string}
        body: {append: (element: unknown) => void}
      }}
      document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => resolve(effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'globalThis.isOwned = true'
      document.body.append(script)
    }))
    expect([refused, await page.evaluate('globalThis.isOwned === undefined')]).toEqual(['script-src-elem', true])
  })
})
