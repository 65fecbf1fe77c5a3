import type {Info} from './typed'

/** Something beside the media, to be fetched by HTTP. */
export interface ExtraSource {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

export interface CaptionSource extends ExtraSource {
  /** As the site names it, for example `en` or `pt-BR`. */
  readonly language: string
}

export interface ExtraSources {
  readonly thumbnail?: ExtraSource
  readonly captions: readonly CaptionSource[]
}

const maxCaptions = 20

const isPlainHttp = (url: unknown, protocol: unknown): url is string =>
  typeof url === 'string' && /^https?:\/\//.test(url) && (protocol === undefined || protocol === null || /^https?$/.test(String(protocol)))

/** Languages that can stand in a key; `live_chat` is not a language. */
const isLanguage = (language: string): boolean => /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i.test(language)

const withoutCookies = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:cookie|authorization)$/i.test(name)))

/** The picture and the captions that people made for a medium; captions made by machines are left out. Only WebVTT, which browsers show. */
export const findExtras = ({thumbnail, subtitles, http_headers: headers}: Info): ExtraSources => {
  const captions = Object.entries(subtitles ?? {}).flatMap(([language, formats]) => {
    const vtt = formats?.find(({ext, url, protocol}) => ext === 'vtt' && isPlainHttp(url, protocol))
    return vtt?.url === undefined || !isLanguage(language) ? [] : [{language, url: vtt.url, headers: withoutCookies(headers)}]
  })
  return {
    ...(isPlainHttp(thumbnail, undefined) && {thumbnail: {url: thumbnail, headers: withoutCookies(headers)}}),
    captions: captions.slice(0, maxCaptions)
  }
}
