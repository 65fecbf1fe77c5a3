import {Cookie, CookieJar as ToughJar} from 'tough-cookie'

/** Cookies that some site gave. */
export interface CookieStore {
  readonly header: (url: URL) => string | undefined
  readonly take: (url: URL, setCookies: readonly string[]) => void
  readonly netscape: () => string | undefined
}

/** What a browser keeps of one: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6 */
const maxCharacters = 4096

const isSecurePrefix = /^__(?:secure|host)-/i

/** Prefixes count in any spelling, and without a name in the value. The package knows them in small print only. */
const hasFalsePrefix = ({key, value, secure, path, domain}: Cookie, {protocol}: URL): boolean => {
  if (!isSecurePrefix.test(key || value)) {
    return false
  }
  const isHosts = /^__host-/i.test(key)
  return key === '' || secure !== true || protocol !== 'https:' || (isHosts && (path !== '/' || Boolean(domain)))
}

/** Sent over TLS alone, so what came without does not replace it: RFC 6265bis, "leave secure cookies alone". */
const wouldReplaceSecure = (jar: ToughJar, {key}: Cookie, url: URL): boolean =>
  url.protocol !== 'https:' && jar.getCookiesSync(url.href.replace(/^http:/, 'https:')).some((each) => each.secure && each.key === key)

const takeOne = (jar: ToughJar, url: URL, text: string): void => {
  const cookie = text.length > maxCharacters ? undefined : Cookie.parse(text, {loose: true})
  if (cookie === undefined || hasFalsePrefix(cookie, url) || wouldReplaceSecure(jar, cookie, url)) {
    return
  }
  const isTaken = jar.setCookieSync(cookie, url.href, {ignoreError: true}) !== undefined
  // A public suffix may have cookies for itself, as github.io has.
  if (!isTaken && cookie.domain === url.hostname) {
    cookie.domain = null
    jar.setCookieSync(cookie, url.href, {ignoreError: true})
  }
}

/** A field of a line of cookies.txt must be there, and hold no tab. */
const isWritable = ({key, value}: Cookie): boolean => key !== '' && !/\s/.test(key) && !/[\t\r\n]/.test(value)

/** Epoch seconds; 0 for what a browser forgets when it is closed. */
const readExpiry = (cookie: Cookie): number => {
  const milliseconds = cookie.expiryTime() ?? Infinity
  return Number.isFinite(milliseconds) ? Math.ceil(milliseconds / 1000) : 0
}

const formatCookie = (cookie: Cookie): string => {
  const {domain, hostOnly, path, secure, key, value} = cookie
  return [`${hostOnly ? '' : '.'}${domain}`,
    hostOnly ? 'FALSE' : 'TRUE', path ?? '/', secure ? 'TRUE' : 'FALSE', readExpiry(cookie), key, value].join('\t')
}

/**
 * An empty store, which takes and gives as a browser does: by domain, path, `Secure`, expiry, `__Host-` and `__Secure-`, and never for a
 * public suffix (RFC 6265bis). `SameSite` does not count: who asks for a URL goes there on their own.
 */
export const openCookies = (): CookieStore => {
  // Browsers take a cookie without a name, too.
  const jar = new ToughJar(undefined, {looseMode: true, enforceSecureOriginOnStorage: true})
  const all = (): Cookie[] => (jar.serializeSync()?.cookies ?? []).map((each) => Cookie.fromJSON(each)).filter((each) => each !== undefined)
  return {
    header: (url) => jar.getCookieStringSync(url.href) || undefined,
    take: (url, setCookies) => setCookies.forEach((each) => takeOne(jar, url, each)),
    netscape: () => all().filter(isWritable).map((each) => `${formatCookie(each)}\n`).join('') || undefined
  }
}
