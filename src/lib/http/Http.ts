import type {IncomingHttpHeaders} from 'node:http'
import {unescape} from 'node:querystring'
import {setTimeout as sleep} from 'node:timers/promises'
import {NamedError} from '../../util/errors'
import {readBody} from './body'
import {type CookieJar, createJar} from './cookies'
import {exchange, type Exchange} from './exchange'
import {connectionError} from './failures'
import {type AddressPolicy, checkedAddresses} from './guard'
import {type Onward, findOnward} from './onward'

export interface SourceOptions extends AddressPolicy {
  /** Sent beside our own; `authorization` and `cookie` go to the first host only. */
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  readonly maxRedirects?: number
  /** Longest wait for a connection, with its TLS. */
  readonly connectMilliseconds?: number
  /** Longest wait for the first byte once the connection stands, of headers and of the body; `stallMilliseconds` if that is given. */
  readonly answerMilliseconds?: number
  /** Longest silence of the source within the body. */
  readonly stallMilliseconds?: number
  /**
   * Shared by requests for one file, so that the next one need not go the whole way again; without it, each call begins with no cookies.
   */
  readonly jar?: CookieJar
}

/** An answer of a source, after redirects. Read `body` once, or `close()`; a chunk of it is valid until the next one is asked for. */
export interface SourceAnswer {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  readonly finalUrl: URL
  /**
   * The URL by which others can ask for the same: the last one, or the first if the last needs cookies or a password from the way there.
   */
  readonly againUrl?: URL
  /** The cookies that sites gave on the way, for this process alone. */
  readonly jar?: CookieJar
  readonly body: AsyncIterable<Buffer>
  close: () => void
}

const userAgent = 'MediaDownloader/0.1'
/**
 * Redirects: as many as browsers follow. Waits: sources that make a file ready while we wait, or fetch it from a tape, do so within two
 * minutes.
 */
const defaults = {maxRedirects: 20, connectMilliseconds: 10_000, answerMilliseconds: 120_000, stallMilliseconds: 20_000}
const secrets = new Set(['authorization', 'cookie'])

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

interface Way extends SourceOptions {
  readonly first: URL
  readonly jar: CookieJar
}

/** What a URL's user and password ask for; a browser sends it once it is asked to, which comes to the same. */
const formatCredentials = ({username, password}: URL): string | undefined => username === '' && password === ''
  ? undefined
  : `Basic ${Buffer.from(`${unescape(username)}:${unescape(password)}`).toString('base64')}`

const headersFor = (url: URL, {first, jar, headers = {}}: Way): Record<string, string> => {
  const given =
    Object.fromEntries(Object.entries(lowerCased(headers)).filter(([name]) => url.origin === first.origin || !secrets.has(name)))
  const cookie = [given.cookie, jar.header(url)].filter((each) => each !== undefined).join('; ')
  const authorization = formatCredentials(url)
  return {
    'user-agent': userAgent,
    accept: '*/*',
    ...given,
    ...(cookie !== '' && {cookie}),
    ...(authorization !== undefined && {authorization}),
    // The bytes as they lie there: what is stored must have the announced length.
    'accept-encoding': 'identity'
  }
}

const requireHttp = (url: URL): void => {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new NamedError('UnsupportedSchemeError',
      `The source leads to an address that begins with '${url.protocol.slice(0, 32)}', which cannot be downloaded.`
        + ' Use a link that leads to http or https.')
  }
}

const pickTimeouts = ({connectMilliseconds, answerMilliseconds, stallMilliseconds}: SourceOptions) => ({
  connectMilliseconds: connectMilliseconds ?? defaults.connectMilliseconds,
  answerMilliseconds: answerMilliseconds ?? stallMilliseconds ?? defaults.answerMilliseconds,
  stallMilliseconds: stallMilliseconds ?? defaults.stallMilliseconds
})

const hop = async (url: URL, way: Way): Promise<Exchange> => {
  requireHttp(url)
  const addresses = await checkedAddresses(url.hostname, way).catch((error: unknown) => { throw connectionError(error, url.host) })
  return exchange({url, headers: headersFor(url, way), addresses, ...pickTimeouts(way), signal: way.signal})
}

const leadsTo = (answer: Exchange, from: URL): Onward | undefined => {
  try {
    return findOnward(answer, from)
  } catch (error) {
    answer.destroy()
    throw error
  }
}

const goOn = async ({afterMilliseconds}: Onward, {destroy}: Exchange, signal?: AbortSignal): Promise<void> => {
  destroy()
  if (afterMilliseconds > 0) {
    await sleep(afterMilliseconds, undefined, {signal}).catch(() => signal?.throwIfAborted())
  }
}

const withoutCredentials = (url: URL): URL => Object.assign(new URL(url), {username: '', password: ''})

const buildAnswer = (answer: Exchange, url: URL, way: Way): SourceAnswer => {
  const {statusCode, headers, destroy} = answer
  const {first, jar, signal} = way
  const body = readBody(answer, {host: url.host, ...pickTimeouts(way), signal})
  const close = (): void => {
    destroy()
    body.return().catch(() => undefined)
  }
  const isPersonal = jar.header(url) !== undefined || formatCredentials(url) !== undefined
  return {statusCode, headers, finalUrl: withoutCredentials(url), againUrl: isPersonal ? first : url, jar, body, close}
}

/**
 * GETs a URL of a stranger and follows where it leads as a browser does, with the cookies that it gets on the way; every hop's address is
 * checked and pinned before it is connected to. Any status is an answer. Throws PrivateAddressError, UnsupportedSchemeError,
 * TooManyRedirectsError, UnknownHostError, UnsupportedSourceError, TransientSourceError, SourceStalledError or the signal's reason; reading
 * the body throws as `readBody` says.
 */
export const openSource = async (first: URL, options: SourceOptions = {}): Promise<SourceAnswer> => {
  const {maxRedirects = defaults.maxRedirects, jar = createJar(), signal} = options
  const way = {...options, first, jar}
  let url = first
  for (let redirected = 0; redirected <= maxRedirects; redirected++) {
    signal?.throwIfAborted()
    const answer = await hop(url, way)
    await jar.take(url, answer.headers['set-cookie'] ?? [])
    const onward = leadsTo(answer, url)
    if (onward === undefined) {
      return buildAnswer(answer, url, way)
    }
    await goOn(onward, answer, signal)
    url = onward.url
  }
  throw new NamedError('TooManyRedirectsError',
    `${first.host} redirects more than ${maxRedirects} times and never to a file.`
      + ' Open the link in a browser and copy that of the file itself.')
}
