import {execFile} from 'node:child_process'
import {rm, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import type {Browser, BrowserContextOptions, Page} from 'playwright-core'
import {openPage} from '../helpers/browser'

const run = promisify(execFile)

export interface Shot {
  readonly name: string
  /** Behind the address. */
  readonly path: string
  /** What is done before the picture is taken. */
  readonly act?: (page: Page) => Promise<unknown>
}

export const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: {colorScheme: 'light', viewport: {width: 1360, height: 860}},
  dark: {colorScheme: 'dark', viewport: {width: 1360, height: 860}},
  phone: {colorScheme: 'light', viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true}
}

const settleMilliseconds = 1200

/** Small, and nothing that an eye would miss. */
const toWebp = (from: string, to: string): Promise<unknown> =>
  run('ffmpeg', ['-y', '-loglevel', 'error', '-i', from, '-c:v', 'libwebp', '-quality', '82', '-compression_level', '6', '-preset', 'text', to])

/** Takes the picture of a page in one look; returns how many bytes it has. */
const shoot = async (page: Page, address: string, {name, path, act}: Shot, look: string, folder: string): Promise<number> => {
  await page.goto(`${address}/${path}`)
  await page.locator('h1').waitFor()
  await page.waitForTimeout(settleMilliseconds)
  await act?.(page)
  await page.waitForTimeout(settleMilliseconds / 2)
  await page.locator('.toast').first().waitFor({state: 'detached'})
  await page.mouse.move(0, 0)
  const picture = join(folder, `${name}-${look}`)
  await page.screenshot({path: `${picture}.png`, animations: 'disabled', caret: 'hide'})
  await toWebp(`${picture}.png`, `${picture}.webp`)
  await rm(`${picture}.png`)
  return (await stat(`${picture}.webp`)).size
}

/** Takes all pictures in all looks, picture by picture: what is under way is about as far in each. */
export const shootAll = async (browser: Browser, address: string, shots: readonly Shot[], folder: string): Promise<number> => {
  const pages = await Promise.all(Object.entries(looks).map(async ([look, options]) => [look, (await openPage(browser, options)).page] as const))
  let bytes = 0
  for (const shot of shots) {
    for (const [look, page] of pages) {
      bytes += await shoot(page, address, shot, look, folder)
    }
    console.info(shot.name)
  }
  return bytes
}
