import {createServer, type ServerResponse} from 'node:http'
import {readFile} from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'
import {listeningPort} from '../../../shared/listening-port'

export interface DemoSite {
  readonly url: string
  close: () => void
}

const chunkBytes = 4096

/** A site that takes its time, so that there is something to watch. */
const sendSlowly = async (response: ServerResponse, clip: Buffer, milliseconds: number): Promise<void> => {
  const chunks = Math.ceil(clip.length / chunkBytes)
  for (let start = 0; start < clip.length && !response.destroyed; start += chunkBytes) {
    response.write(clip.subarray(start, start + chunkBytes))
    await sleep(milliseconds / chunks)
  }
  response.end()
}

/** Serves one clip on loopback as `/harbour-at-dusk.mp4`, in about `milliseconds`. */
export const startDemoSite = async (path: string, milliseconds: number): Promise<DemoSite> => {
  const clip = await readFile(path)
  const server = createServer((_request, response) => {
    response.writeHead(200, {'content-type': 'video/mp4', 'content-length': clip.length, 'content-disposition': 'inline; filename="Harbour at dusk.mp4"'})
    sendSlowly(response, clip, milliseconds).catch((error: Error) => response.destroy(error))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${listeningPort(server)}/harbour-at-dusk.mp4`,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}
