/** A container that we know: how its files are called, and by which first bytes they are told. */
export interface MediaFormat {
  readonly extension: string
  readonly contentType: string
  /** Of the first bytes, read as Latin-1. */
  readonly signature: RegExp
  /** Other extensions and media types that mean the same. */
  readonly aliases?: readonly string[]
}

/** In order: the first signature that fits is the format. https://www.iana.org/assignments/media-types, https://mp4ra.org/registered-types/brands */
export const mediaFormats: readonly MediaFormat[] = [
  {extension: 'm4a', contentType: 'audio/mp4', signature: /^\0\0.{2}ftypM4[AB] /s, aliases: ['audio/x-m4a', 'audio/m4a', 'm4b']},
  {extension: 'mov', contentType: 'video/quicktime', signature: /^(?:\0\0.{2}ftypqt {2}|\0.{3}(?:moov|wide|free|skip|pnot)|.{4}mdat)/s, aliases: ['qt']},
  {extension: 'avif', contentType: 'image/avif', signature: /^\0\0.{2}ftypavi[fs]/s},
  {extension: 'heic', contentType: 'image/heic', signature: /^\0\0.{2}ftyp(?:hei[cxms]|mif1|msf1)/s},
  {extension: '3gp', contentType: 'video/3gpp', signature: /^\0\0.{2}ftyp3g/s, aliases: ['3gpp', '3g2', 'video/3gpp2']},
  {extension: 'mp4', contentType: 'video/mp4', signature: /^\0\0.{2}(?:ftyp|styp)/s, aliases: ['m4v', 'video/x-m4v', 'application/mp4']},
  {extension: 'webm', contentType: 'video/webm', signature: /^\x1a\x45\xdf\xa3.{0,64}?\x42\x82.webm/s},
  {extension: 'mkv', contentType: 'video/x-matroska', signature: /^\x1a\x45\xdf\xa3/, aliases: ['video/matroska', 'audio/x-matroska', 'mka']},
  {extension: 'flac', contentType: 'audio/flac', signature: /^(?:ID3.{7,4000}?)?fLaC/s, aliases: ['audio/x-flac']},
  {extension: 'mp3', contentType: 'audio/mpeg', signature: /^(?:ID3|\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd])/, aliases: ['audio/mp3', 'audio/x-mpeg', 'mpga']},
  {extension: 'aac', contentType: 'audio/aac', signature: /^\xff[\xf0\xf1\xf8\xf9]/, aliases: ['audio/x-aac', 'audio/aacp']},
  {extension: 'ogv', contentType: 'video/ogg', signature: /^OggS.{0,200}?\x80theora/s},
  {extension: 'opus', contentType: 'audio/ogg', signature: /^OggS.{0,64}?OpusHead/s, aliases: ['audio/opus']},
  {extension: 'ogg', contentType: 'audio/ogg', signature: /^OggS/, aliases: ['oga', 'spx', 'application/ogg']},
  {extension: 'wav', contentType: 'audio/wav', signature: /^(?:RIFF|RF64).{4}WAVE/s, aliases: ['audio/x-wav', 'audio/wave', 'audio/vnd.wave']},
  {extension: 'avi', contentType: 'video/x-msvideo', signature: /^RIFF.{4}AVI /s, aliases: ['video/avi', 'video/msvideo']},
  {extension: 'webp', contentType: 'image/webp', signature: /^RIFF.{4}WEBP/s},
  {extension: 'flv', contentType: 'video/x-flv', signature: /^FLV\x01/, aliases: ['f4v']},
  {extension: 'wmv', contentType: 'video/x-ms-wmv', signature: /^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, aliases: ['video/x-ms-asf', 'audio/x-ms-wma', 'asf', 'wma']},
  {extension: 'mpg', contentType: 'video/mpeg', signature: /^\0\0\x01[\xba\xb3]/, aliases: ['mpeg', 'vob', 'video/mp1s', 'video/mp2p']},
  {extension: 'ts', contentType: 'video/mp2t', signature: /^\x47.{187}\x47.{187}\x47/s, aliases: ['mts']},
  {extension: 'm2ts', contentType: 'video/mp2t', signature: /^.{4}\x47.{191}\x47.{191}\x47/s},
  {extension: 'rm', contentType: 'application/vnd.rn-realmedia', signature: /^\.RMF/, aliases: ['rmvb']},
  {extension: 'aiff', contentType: 'audio/aiff', signature: /^FORM.{4}AIF[FC]/s, aliases: ['aif', 'audio/x-aiff']},
  {extension: 'mid', contentType: 'audio/midi', signature: /^MThd/, aliases: ['midi']},
  {extension: 'amr', contentType: 'audio/amr', signature: /^#!AMR/},
  {extension: 'caf', contentType: 'audio/x-caf', signature: /^caff\0/},
  {extension: 'jpg', contentType: 'image/jpeg', signature: /^\xff\xd8\xff/, aliases: ['jpeg']},
  {extension: 'png', contentType: 'image/png', signature: /^\x89PNG\r\n/},
  {extension: 'gif', contentType: 'image/gif', signature: /^GIF8[79]a/}
]

/** The format whose signature the first bytes have. */
export const formatOfBytes = (head: Uint8Array): MediaFormat | undefined => {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  return mediaFormats.find(({signature}) => signature.test(text))
}

/** The format that an extension or a media type stands for. */
export const formatNamed = (name: string): MediaFormat | undefined =>
  mediaFormats.find(({extension, contentType, aliases = []}) => extension === name || contentType === name || aliases.includes(name))
