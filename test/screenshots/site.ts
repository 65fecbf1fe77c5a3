import {readFile} from 'node:fs/promises'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import {synthetic} from '../helpers/media/answers'
import type {SceneName} from './pictures'

/** Always the same, so that file ids are too. */
const port = 4571
const mebibyte = 1024 ** 2

interface Watch {
  readonly title: string
  readonly scene: SceneName
}

const watches: Readonly<Record<string, Watch>> = {
  'harbour-at-dusk': {title: 'Harbour at dusk', scene: 'harbour'},
  'morning-fog': {title: 'Morning fog over the valley, seen from the old observatory on the northern ridge (full recording, remastered, with commentary)', scene: 'fog'},
  'polar-night': {title: 'Polar night, hour by hour', scene: 'aurora'},
  dunes: {title: 'Crossing the dunes', scene: 'desert'},
  'city-of-hills': {title: 'Die Hügelstadt bei Nacht', scene: 'night'}
}

interface Large {
  readonly size: number
  /** Bytes a second of each connection. */
  readonly rate: number
  readonly name: string
}

const larges: Readonly<Record<string, Large>> = {
  'keynote.mp4': {name: 'Keynote, first day.mp4', size: 448 * mebibyte, rate: 24 * mebibyte},
  'concert.mp4': {name: 'Open-air concert, uncut.mp4', size: 704 * mebibyte, rate: 2.5 * mebibyte},
  'lecture.mp4': {name: 'Lecture 7: Distributed systems.mp4', size: 96 * mebibyte, rate: 0.7 * mebibyte},
  'rehearsal.mp4': {name: 'Rehearsal (raw).mp4', size: 80 * mebibyte, rate: 0.5 * mebibyte},
  'dawn-chorus.mp3': {name: 'Dawn chorus.mp3', size: 4 * mebibyte, rate: 0}
}

const pageOf = ({title, scene}: Watch, slug: string): string => `<!DOCTYPE html><html lang="en"><head><title>${title}</title>
  <script type="application/ld+json">${JSON.stringify({
    '@context': 'https://schema.org', '@type': 'VideoObject', name: title, author: 'Northern Lights Film', duration: 'PT8S',
    contentUrl: `http://127.0.0.1:${port}/media/${slug}.mp4`, thumbnailUrl: `http://127.0.0.1:${port}/pictures/${scene}.jpg`
  })}</script></head></html>`

type Content = readonly [type: string, body: Buffer | string]

const contentOf = async (path: string, pictures: ReadonlyMap<string, Buffer>): Promise<Content | undefined> => {
  const [, folder = '', slug = ''] = /^\/(\w+)\/([\w-]+)/.exec(path) ?? []
  switch (folder) {
    case 'watch': return watches[slug] && ['text/html; charset=utf-8', pageOf(watches[slug], slug)]
    case 'media': return ['video/mp4', await readFile('local/cli/demo/harbour.mp4')]
    case 'pictures': return ['image/jpeg', pictures.get(slug) ?? '']
    case 'articles': return ['text/html; charset=utf-8', '<!DOCTYPE html><title>An article</title><p>Words only.']
    default: return undefined
  }
}

const sendLarge = (request: IncomingMessage, response: ServerResponse, url: URL, {size, rate, name}: Large): unknown => {
  response.setHeader('content-disposition', `inline; filename="${name}"`)
  url.searchParams.set('rate', String(rate))
  return synthetic({request, response, url, groups: [String(size), name.split('.').at(-1)!]})
}

export interface Site {
  url: (path: string) => string
  close: () => void
}

/** A site with something of everything: pages, large files, and what fails. */
export const startSite = async (pictures: ReadonlyMap<string, Buffer>): Promise<Site> => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const url = new URL(request.url ?? '/', 'http://site')
    const large = larges[url.pathname.slice(1)]
    if (large !== undefined) {
      return sendLarge(request, response, url, large)
    }
    if (url.pathname === '/busy.mp4') {
      return response.writeHead(429, {'retry-after': '1800'}).end()
    }
    const content = await contentOf(url.pathname, pictures)
    return content === undefined
      ? response.writeHead(404, {'content-type': 'text/plain'}).end('Nothing here.')
      : response.writeHead(200, {'content-type': content[0], 'content-length': Buffer.byteLength(content[1])}).end(content[1])
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error))
  })
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, '127.0.0.1', resolve) })
  return {
    url: (path) => `http://127.0.0.1:${port}/${path}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}
