import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises'
import {type AddressInfo, createServer, type Server} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import type {Browser, CDPSession} from 'playwright-core'
import {launchBrowser} from '../helpers/browser'
import {headers} from './headers'

const path = 'src/util/sources/test/data/chromium-disposition.json'

/** Name of the URL's last segment, by which a download is called if its header names nothing. */
const ofUrl = 'from-url.bin'

/** Chromium refuses answers that it takes for two headers in one; what it takes is there at once. */
const patienceMilliseconds = 5_000

/** Byte for byte: an HTTP library would refuse some of these. Downloads whatever it sends, `inline` too. */
const startServer = (): Promise<Server> => new Promise((resolve) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (request) => {
      const index = Number(/^GET \/(\d+)\//.exec(request.toString('latin1'))?.[1])
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 1\r\nConnection: close\r\nContent-Disposition: ${headers[index] ?? ''}\r\n\r\nx`
      socket.end(Buffer.from(head, 'latin1'))
    })
  })
  server.listen(0, '127.0.0.1', () => resolve(server))
})

const completed = (session: CDPSession): Promise<void> => new Promise((resolve, reject) => {
  session.on('Browser.downloadProgress', ({state}) => {
    if (state === 'completed') {
      resolve()
    } else if (state === 'canceled') {
      reject(new Error('Expected the download to be completed; it was cancelled.'))
    }
  })
})

/** The name under which the file lies in a folder, once the browser has brought it: in a context of its own, where Playwright does not meddle with downloads. Undefined if none comes. */
const savedBy = async (browser: Browser, url: string): Promise<string | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'chromium-downloads-'))
  const session = await browser.newBrowserCDPSession()
  const {browserContextId} = await session.send('Target.createBrowserContext')
  await session.send('Browser.setDownloadBehavior', {behavior: 'allow', browserContextId, downloadPath: folder, eventsEnabled: true})
  const done = completed(session)
  await session.send('Target.createTarget', {url, browserContextId})
  await Promise.race([done, sleep(patienceMilliseconds)])
  const [name] = await readdir(folder)
  await session.send('Target.disposeBrowserContext', {browserContextId})
  await session.detach()
  await rm(folder, {recursive: true})
  return name
}

const server = await startServer()
const browser = await launchBrowser()
const {port} = server.address() as AddressInfo
const names: Array<{header: string, saved?: string | null}> = []
for (const [index, header] of headers.entries()) {
  const saved = await savedBy(browser, `http://127.0.0.1:${port}/${index}/${ofUrl}`)
  names.push({header, ...(saved !== undefined && {saved: saved === ofUrl ? null : saved})})
}
await writeFile(path, `${JSON.stringify({chromium: browser.version(), names}, null, 2)}\n`)
console.log(`wrote ${path}: ${names.length} names by Chromium ${browser.version()}`)
await browser.close()
server.close()
