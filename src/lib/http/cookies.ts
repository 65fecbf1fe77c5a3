import type {CookieStore} from './cookie-store'

/** Cookies of sites, in memory alone: neither logs nor records ever see them. */
export interface CookieJar {
  /** The `Cookie` of a request; undefined if there is none for this URL. */
  header: (url: URL) => string | undefined
  /** Takes each `Set-Cookie` of an answer that a browser would take from this URL. */
  take: (url: URL, setCookies: readonly string[]) => Promise<void>
  /** All of them as a browser's cookies.txt, each for its own domain; undefined if there is none. */
  netscape: () => string | undefined
}

/** An empty jar. Until a site gives a cookie, the list of public suffixes is not read: most sources give none. */
export const createJar = (): CookieJar => {
  let store: CookieStore | undefined
  return {
    header: (url) => store?.header(url),
    take: async (url, setCookies) => {
      if (setCookies.length > 0) {
        const {openCookies} = await import('./cookie-store')
        store ??= openCookies()
        store.take(url, setCookies)
      }
    },
    netscape: () => store?.netscape()
  }
}
