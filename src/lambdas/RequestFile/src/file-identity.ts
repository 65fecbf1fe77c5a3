import {createHash} from 'node:crypto'
import type {AudioWish, Preset} from '../../../types/domain'
import {findSiteId} from '../../../util/media/media-sites'
import type {RecordWish} from '../../../util/media/record-wish'

const trackingParameter =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|ttclid|igsh|igshid|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_id)$/i

const readName = (parameter: string): string => parameter.split('=', 1)[0] ?? ''

/**
 * One spelling for all URLs of the same resource: no fragment, no tracking parameters, no default port, parameters sorted by name.
 * Nothing is decoded: two URLs that a server may tell apart (`%E8` and `%E9`, `//` and `/`, letters' case) stay apart, for a
 * file must never be answered with another's bytes.
 */
export const canonicalUrl = (url: URL): string => {
  const canonical = new URL(url)
  canonical.hash = ''
  canonical.hostname = url.hostname.replace(/\.$/, '')
  const parameters = url.search.slice(1).split('&')
    .filter((parameter) => parameter !== '' && !trackingParameter.test(readName(parameter)))
    .toSorted((left, right) => readName(left) < readName(right) ? -1 : Number(readName(left) > readName(right)))
    .join('&')
  // The setter takes one leading ? as its own, and a query may begin with another.
  canonical.search = parameters && `?${parameters}`
  return canonical.href
}

/**
 * Identity of the media at a URL: the site's own id if there is one, else 128 bits of a digest of the canonical URL. Another preset than
 * `best` stands before it, for sites' ids may end in anything, but no site is called like a preset; so do language and role of another
 * sound than the main one, and length and minute of a recording.
 */
export const fileIdOf = (url: URL, preset: Preset = 'best', audio?: AudioWish, record?: RecordWish): string => {
  if (record !== undefined) {
    return `record_${record.seconds}_${record.from.replaceAll(/[-:]/g, '')}_${fileIdOf(url, preset, audio)}`
  }
  const id = findSiteId(url) ?? `url-${createHash('sha256').update(canonicalUrl(url)).digest('hex').slice(0, 32)}`
  if (audio !== undefined) {
    return `${preset}_${audio.language ?? ''}_${audio.role ?? ''}_${id}`
  }
  return preset === 'best' ? id : `${preset}_${id}`
}
