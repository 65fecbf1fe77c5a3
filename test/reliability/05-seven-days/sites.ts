import type {Behaviour, Source} from '../world/source'
import {rateLimited, status, well} from '../world/source'
import {isWithin, type Weather, type Wish} from './week'

const page: Behaviour = ({response}) => {
  const body = '<!DOCTYPE html>\n<html lang="en"><head><title>A page</title></head><body><p>Please enable JavaScript.</p></body></html>\n'
  response.writeHead(200, {'content-type': 'text/html; charset=utf-8', 'content-length': body.length}).end(body)
}

interface Printed {
  readonly exitCode: number
  readonly stdout?: object
  readonly stderr?: string
}

const printing = ({exitCode, stdout, stderr = ''}: Printed): Behaviour => ({response}) => {
  response.writeHead(200, {'content-type': 'application/json'})
  response.end(JSON.stringify({exitCode, stdout: stdout === undefined ? '' : JSON.stringify(stdout), stderr}))
}

const wantsMembers = 'ERROR: [site] 1: This video is for members only. Use --cookies-from-browser or --cookies for the authentication.'

/** What yt-dlp finds behind a page: nothing yet, nothing for strangers, or the media. */
const described = ({name, kind, releasedAt}: Wish, source: Source, weather: Weather, at: number, start: number): Printed => {
  if (kind === 'members' && isWithin(weather.expired, at)) {
    return {exitCode: 1, stderr: wantsMembers}
  }
  if (kind === 'premiere' && at < releasedAt) {
    return {exitCode: 0, stdout: {title: name, live_status: 'is_upcoming', release_timestamp: Math.floor((start + releasedAt) / 1000)}}
  }
  const media = {format_id: '18', ext: 'mp4', protocol: 'http', url: source.url(`media/${name}.mp4`), vcodec: 'avc1', acodec: 'mp4a'}
  return {exitCode: 0, stdout: {title: name, ...media}}
}

/** The weather comes before all else. */
const under = (weather: Weather, at: () => number, otherwise: Behaviour): Behaviour => (exchange) => {
  const limit = weather.limits.find((window) => isWithin(window, at()))
  if (limit !== undefined) {
    rateLimited(Math.ceil((limit.to - at()) / 1000))(exchange)
  } else if (weather.outages.some((window) => isWithin(window, at()))) {
    status(503)(exchange)
  } else {
    otherwise(exchange)
  }
}

/** Paths that requests for a wish may go to. */
export const pathsOf = ({name, kind}: Wish): readonly string[] =>
  kind === 'file' || kind === 'gone' ? [`${name}.mp4`] : [name, `yt-dlp/${name}`, `media/${name}.mp4`]

/** What the user asks for. */
export const askedFor = (wish: Wish): string => pathsOf(wish)[0]!

/** Opens every source of the week. */
export const openSites = (
  source: Source, wishes: readonly Wish[], weather: Weather, clock: {readonly now: () => number, readonly start: number}
): void => {
  const at = (): number => clock.now() - clock.start
  for (const wish of wishes) {
    const [asked, program, media] = pathsOf(wish)
    if (wish.kind === 'gone') {
      source.behave(asked!, under(weather, at, status(404)))
    } else if (program === undefined || media === undefined) {
      source.behave(asked!, under(weather, at, well))
    } else {
      source.behave(asked!, under(weather, at, page))
      source.behave(program, (exchange) => printing(described(wish, source, weather, at(), clock.start))(exchange))
      source.behave(media, under(weather, at, well))
    }
  }
}
