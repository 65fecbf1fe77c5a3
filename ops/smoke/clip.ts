import {readFile} from 'node:fs/promises'
import {createServer} from 'node:http'
import {join} from 'node:path'
import {listeningPort} from '../../shared/listening-port'

const clip = join(import.meta.dirname, '..', '..', 'local', 'cli', 'demo', 'harbour.mp4')

export interface Source {
  readonly url: URL
  close: () => void
}

/** Small, direct and there for many years. */
const publicClip = 'https://media.w3.org/2010/05/sintel/trailer.mp4'

const serveClip = async (): Promise<Source> => {
  const content = await readFile(clip)
  const server = createServer((_, response) => {
    response.writeHead(200, {'content-type': 'video/mp4', 'content-length': content.length}).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${listeningPort(server)}/harbour.mp4`),
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}

/** What is fetched. A query of its own makes the file a new one, if the site does not name its media otherwise. */
export const openSource = async (source: URL | undefined, isLoopback: boolean, run: string): Promise<Source> => {
  const opened = source === undefined && isLoopback
    ? await serveClip()
    : {url: new URL(source ?? publicClip), close: () => undefined}
  opened.url.searchParams.set('smoke', run)
  return opened
}
