import {existsSync} from 'node:fs'
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** No update, no report, no sandbox (which a container has none of): it talks to this machine alone. */
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'
]

/** The Chromium of this machine. Throws if there is none. */
export const launchBrowser = (): Promise<Browser> => {
  const executablePath = places.find((path) => existsSync(path))
  if (executablePath === undefined) {
    throw new Error(`Expected Chromium at one of ${places.join(', ')}; there is none. On Debian: apt-get install chromium.`)
  }
  return chromium.launch({executablePath, args: flags})
}

/** What went wrong in a page, as it goes wrong. */
export interface Watched {
  readonly page: Page
  readonly errors: string[]
}

export const openPage = async (browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> => {
  const page = await (await browser.newContext({viewport: {width: 1280, height: 800}, ...options})).newPage()
  page.setDefaultTimeout(20_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return {page, errors}
}

/** What the first view of a page took. */
export interface View {
  readonly milliseconds: number
  /** Of all parts, as they were sent. */
  readonly bytes: number
}

interface Part {
  readonly name: string
  readonly encodedBodySize: number
}

/** Opens an address with nothing kept of it; resolves when the page has drawn its content. */
export const firstView = async (browser: Browser, address: string): Promise<View> => {
  const {page} = await openPage(browser)
  await page.goto(address)
  await page.locator('.composer').waitFor()
  const view = await page.evaluate(() => {
    const entries = performance.getEntries() as unknown as ReadonlyArray<Part & {readonly entryType: string, readonly startTime: number}>
    const parts = entries.filter(({entryType, name}) => entryType === 'navigation' || (entryType === 'resource' && name.includes('/_console/')))
    const paint = entries.find(({name}) => name === 'first-contentful-paint')
    return {milliseconds: paint?.startTime ?? Infinity, bytes: parts.reduce((sum, {encodedBodySize}) => sum + encodedBodySize, 0)}
  })
  await page.context().close()
  return view
}
