/**
 * Sites that give each of their media an id of their own, matched against host, path and query. Groups join to the id; case is kept.
 * Pages that hold more than one medium (playlists, channels, posts) are absent on purpose: they have no single id.
 */
const sites: ReadonlyArray<readonly [name: string, pattern: RegExp]> = [
  ['youtube', /^(?:(?:www|m|music)\.)?youtube\.com\/watch\/?\?(?:.*&)?v=([\w-]{11})(?:&|$)/],
  // `videoseries` and `live_stream` have eleven letters too, but stand for a playlist and a channel.
  ['youtube',
    /^(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com\/(?:shorts|embed|live|v)\/(?!videoseries|live_stream)([\w-]{11})(?=[/?]|$)/],
  ['youtube', /^(?:www\.)?youtu\.be\/([\w-]{11})(?=[/?]|$)/],
  // The second number of an unlisted Vimeo video is its secret: without it the id must be another.
  ['vimeo',
    /^(?:www\.)?vimeo\.com\/(?:channels\/[\w-]+\/|groups\/[\w-]+\/videos\/)?(\d{1,20})(?:\/([0-9a-f]{6,40}))?\/?(?:\?(?!(?:.*&)?h=)|$)/],
  ['vimeo', /^(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d{1,20})\/?\?(?:.*&)?h=([0-9a-f]{6,40})(?:&|$)/],
  ['vimeo', /^player\.vimeo\.com\/video\/(\d{1,20})\/?(?:\?(?!(?:.*&)?h=)|$)/],
  ['dailymotion', /^(?:www\.|geo\.)?dailymotion\.com\/(?:embed\/)?video\/([A-Za-z0-9]{3,32})(?=[/?_]|$)/],
  ['dailymotion', /^dai\.ly\/([A-Za-z0-9]{3,32})(?=[/?]|$)/],
  ['twitch', /^(?:www\.|m\.)?twitch\.tv\/videos\/(\d{1,20})(?=[/?]|$)/],
  ['twitch-clip', /^(?:www\.|m\.)?twitch\.tv\/\w+\/clip\/([\w-]{3,100})(?=[/?]|$)/],
  ['twitch-clip', /^clips\.twitch\.tv\/([\w-]{3,100})(?=[/?]|$)/],
  ['tiktok', /^(?:www\.|m\.)?tiktok\.com\/@[\w.-]*\/video\/(\d{1,20})(?=[/?]|$)/],
  ['streamable', /^(?:www\.)?streamable\.com\/(?:[eos]\/)?([A-Za-z0-9]{3,16})(?=[/?]|$)/]
]

interface SiteMedia {
  readonly name: string
  readonly id: string
}

const findSiteMedia = ({port, hostname, pathname, search}: URL): SiteMedia | undefined => {
  const address = port === '' ? `${hostname}${pathname}${search}` : ''
  for (const [name, pattern] of sites) {
    const id = pattern.exec(address)?.slice(1).filter(Boolean).join('-')
    if (id !== undefined) {
      return {name, id}
    }
  }
  return undefined
}

/** The site's own id of a media URL as `<site>-<id>`, or undefined for a site that we do not know. */
export const findSiteId = (url: URL): string | undefined => {
  const media = findSiteMedia(url)
  return media && `${media.name}-${media.id}`
}

/** The site of a media URL, whatever its host is called; undefined for a site that we do not know. */
export const findSiteName = (url: URL): string | undefined => findSiteMedia(url)?.name.split('-')[0]
