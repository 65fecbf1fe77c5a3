import {get as getPlain, type IncomingMessage} from 'node:http'
import {get as getSecure} from 'node:https'

/** A source that sends nothing for this long is gone. */
const stallMilliseconds = 60_000
const maxRedirects = 5

// Not fetch: undici of Node 22 ends the process by an assertion when a server closes the connection while we still write what came.
const request = (url: URL): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  const get = url.protocol === 'https:' ? getSecure : getPlain
  const asked = get(url, {headers: {'user-agent': 'MediaDownloader-layer', accept: '*/*'}}, resolve)
  asked.once('error', (cause) => reject(new Error(`Expected ${url} to answer; it did not. Is the mirror right (--mirror, --api)?`, {cause})))
  asked.setTimeout(stallMilliseconds, () => asked.destroy(new Error(`Expected ${url} to go on; it sent nothing for ${stallMilliseconds / 1000} seconds.`)))
})

/** The answer 200 to a GET, redirects followed. Throws if there is none, or a redirect would give up TLS. */
export const askFor = async (address: string): Promise<IncomingMessage> => {
  let url = new URL(address)
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await request(url)
    const {statusCode = 0, statusMessage = '', headers: {location}} = response
    if (statusCode === 200) {
      return response
    }
    response.destroy()
    if (statusCode < 300 || statusCode > 399 || location === undefined) {
      throw new Error(`Expected ${url} to exist; the answer was ${statusCode} ${statusMessage}. Is the version right, and the mirror (--mirror, --api)?`)
    }
    const next = new URL(location, url)
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      throw new Error(`Expected ${url} to redirect to an https address; it redirects to ${next}.`)
    }
    url = next
  }
  throw new Error(`Expected ${address} to redirect at most ${maxRedirects} times; it does so without end.`)
}

/** The text of an answer. */
export const readText = async (response: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk
  }
  return text
}
