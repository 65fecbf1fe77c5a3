import {cookieDomains} from '../../lib/yt-dlp/cookies'
import {isNamedError, NamedError} from '../errors'
import {findSiteName} from '../media/media-sites'
import {countCookiesRefused} from '../metrics'
import {siteCookies} from './site-cookies'

/** Only the operator can fix this; the alarm CookiesRefused notifies them. */
const refused = (what: string, cause: unknown): NamedError => {
  countCookiesRefused()
  return new NamedError('NeedsCookiesError',
    'The site shows this only to people who are signed in, and the cookies of the operator do not open it:'
      + ` ${what} Ask them to renew the cookies.`,
    {cause})
}

const isFor = (url: URL) => (domain: string): boolean =>
  url.hostname === domain || url.hostname.endsWith(`.${domain}`) || domain.split('.').includes(findSiteName(url) ?? '.')

/** The cookies for a URL's site, once the site has asked for a login; undefined if the operator has none for it. */
const cookiesFor = async (url: URL, cause: unknown): Promise<string | undefined> => {
  const {cookies} = await siteCookies()
  if (cookies === undefined) {
    return undefined
  }
  const domains = cookieDomains(cookies)
  if (domains.length === 0) {
    throw refused('there are none in the Netscape format.', cause)
  }
  return domains.some(isFor(url)) ? cookies : undefined
}

/**
 * Does `work` without cookies, and with them if the site asks for a login and the operator has cookies for it: the less they are shown, the
 * longer they live. Throws what `work` and `siteCookies` throw; NeedsCookiesError with a sentence for the operator if cookies do not help.
 */
export const withCookiesIfNeeded = async <T>(url: URL, work: (cookies?: string) => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const cookies = isNamedError(error, 'NeedsCookiesError') ? await cookiesFor(url, error) : undefined
    if (cookies === undefined) {
      throw error
    }
    return await work(cookies).catch((second: unknown) => {
      throw isNamedError(second, 'NeedsCookiesError')
        ? refused(`they have expired, or their account may not see it: ${second.message}`, second)
        : second
    })
  }
}
