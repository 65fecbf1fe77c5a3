import {isSegmented} from './dash'
import {parseTracks} from './dash-document'
import type {MediaDescription, Promised} from './description'
import type {Info} from './typed'
import {isSoundCodec, type Master, parseMaster, rankedSounds} from './hls'

type Said = Pick<MediaDescription, 'promised' | 'sounds'>

const isVideoCodec = (codec: string): boolean => /^(?:avc|hvc|hev|dvh|vp0?[89]|av01|mp4v|theora)/i.test(codec)

const byMaster = ({sounds, variants}: Master): Said => {
  const codecs = variants.flatMap((variant) => variant.codecs)
  const isMixed = variants.some(({hasSize}) => hasSize) && variants.some(({hasSize, codecs: own}) => !hasSize && own.length === 0)
  const apart = rankedSounds(sounds).flatMap(({url}) => url ?? [])
  const sound: Promised | undefined =
    apart.length > 0 ? 'apart' : sounds.length > 0 || isMixed || codecs.some(isSoundCodec) ? 'within' : undefined
  const isSeen = variants.some(({hasSize}) => hasSize) || codecs.some(isVideoCodec)
  return {promised: {...(sound && {sound}), ...(isSeen && {picture: 'within'})}, ...(apart.length > 0 && {sounds: apart})}
}

const byDash = (manifest: string): Said => {
  const kinds = new Set(parseTracks(manifest).map(({kind}) => kind))
  return {promised: {...(kinds.has('audio') && {sound: 'apart'}), ...(kinds.has('video') && {picture: 'apart'})}}
}

/** The tracks that the manifest of the selected formats names; nothing if yt-dlp kept none. */
export const promisedBy = (info: Info, manifests: readonly string[]): Said => {
  const selected = info.requested_formats ?? [info]
  const url = selected.find(({manifest_url: address}) => address !== undefined)?.manifest_url
  for (const manifest of url === undefined ? [] : manifests) {
    const master = parseMaster(manifest, url!)
    if (master?.variants.some((variant) => selected.some((format) => format.url === variant.url))) {
      return byMaster(master)
    }
    if (master === undefined && selected.some(isSegmented)) {
      return byDash(manifest)
    }
  }
  return {}
}
