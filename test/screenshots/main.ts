import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {launchBrowser} from '../helpers/browser'
import {startSystem} from '../helpers/system'
import {drawPictures} from './pictures'
import {type Shot, shootAll} from './shoot'
import {startSite} from './site'
import {type Told, tell} from './story'

const maxBytes = 2_000_000

const shotsOf = ({ranged, running}: Told): Shot[] => [
  {name: 'files', path: '#/files'},
  {name: 'workflow', path: `#/workflow?file=${running}`, act: (page) => page.locator('[data-state="TransferRange"]').click()},
  {name: 'timeline', path: `#/timeline/${ranged}`},
  {name: 'player', path: '#/files', act: (page) => page.locator('.file', {hasText: 'Harbour at dusk'}).getByRole('button', {name: 'Play', exact: true}).click()},
  {name: 'events', path: '#/events', act: (page) => page.locator('[data-event="FileDownloadCompleted"]').first().click()},
  {name: 'refused', path: '#/events?text=no%20spaces', act: (page) => page.locator('[data-event]').first().click()},
  {name: 'publish', path: '#/events', act: (page) => page.getByRole('button', {name: 'Publish'}).click()},
  {name: 'logs', path: '#/logs', act: (page) => page.locator('.log').nth(6).click()},
  {name: 'lab', path: '#/lab', act: async (page) => {
    const isPlanned = await page.getByText('throttle at dynamodb.*, 10 times').isVisible()
    await (isPlanned || page.locator('.recipe', {hasText: 'Throttle the table'}).getByRole('button').click())
  }},
  {
    name: 'replay', path: '#/replay', act: async (page) => {
      await page.getByRole('button', {name: 'Replay in the shadow'}).click()
      await page.getByRole('region', {name: 'Shadow'}).waitFor({timeout: 60_000})
    }
  },
  {name: 'empty', path: '#/files', act: async (page) => {
    await page.getByRole('button', {name: 'Another user'}).click()
    await page.getByRole('textbox', {name: 'Name'}).fill('ann')
    await page.getByRole('button', {name: 'Be ann'}).click()
  }}
]

/** Pictures of every page of the console, of a system in which something of everything has happened. */
const main = async (): Promise<void> => {
  const {values: {out}} = parseArgs({options: {out: {type: 'string', default: join('docs', 'images')}}})
  await mkdir(out, {recursive: true})
  const browser = await launchBrowser()
  const site = await startSite(await drawPictures(browser))
  const system = await startSystem(['--ephemeral', '--allow-private-sources', '--fast-retries'])
  try {
    const bytes = await shootAll(browser, system.address, shotsOf(await tell(system, site)), out)
    console.info(`${out}: ${Math.round(bytes / 1000)} kB`)
    if (bytes > maxBytes) {
      throw new Error(`Expected the pictures to have at most ${maxBytes} bytes together; they have ${bytes}.`)
    }
  } finally {
    await browser.close()
    await system.stop()
    site.close()
  }
}

await main()
