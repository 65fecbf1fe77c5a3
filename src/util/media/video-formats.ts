import type {MediaFormat} from './media-format'

/** GUIDs of ASF's Stream Properties. https://learn.microsoft.com/windows/win32/medfound/asf-file-structure */
const asfVideo = /\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\0\x80\x5f\x5c\x44\x2b/
const asfAudio = /\x40\x9e\x69\xf8\x4d\x5b\xcf\x11\xa8\xfd\0\x80\x5f\x5c\x44\x2b/
/** The Data Object, which follows the header with all its streams. */
const asfData = /\x36\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c/

/** `hdlr` boxes name what a track holds; a fragment or the media data comes after all of them. */
const mp4Streams = {video: /hdlr.{8}vide/s, audio: /hdlr.{8}soun/s, isWhole: /moof|mdat/}
const m4aBrand = {video: /^(?!)/, audio: /^\0\0.{2}ftypM4[AB] /s}

/** TrackType elements within Tracks; a Cluster, Cues or Tags end these. https://www.rfc-editor.org/rfc/rfc9559 */
const matroskaStreams = {
  video: /\x16\x54\xae\x6b.*?\x83\x81\x01/s, audio: /\x16\x54\xae\x6b.*?\x83\x81\x02/s,
  isWhole: /\x16\x54\xae\x6b.*?(?:\x1f\x43\xb6\x75|\x1c\x53\xbb\x6b|\x12\x54\xc3\x67)/s
}

const m4a = {extension: 'm4a',
  contentType: 'audio/mp4', aliases: ['audio/x-m4a', 'audio/m4a', 'audio/x-mp4', 'm4b', 'audio/x-m4b', 'audio/m4b', 'm4r', 'audio/x-m4r']}

/** Containers that hold pictures that move, alone or with sound. https://mp4ra.org/registered-types/brands */
export const videoFormats: readonly MediaFormat[] = [
  {...m4a, signature: /^\0\0.{2}ftypM4[AB] /s, sound: m4a, streams: m4aBrand},
  {
    extension: 'mov',
    contentType: 'video/quicktime', signature: /^(?:\0\0.{2}ftypqt {2}|\0.{3}(?:moov|wide|free|skip|pnot)|.{4}mdat)/s, aliases: ['qt'],
    // Some MP4s begin with something else than their type too.
    shared: {by: ['mp4', 'm4a', '3gp', '3g2'], signature: /^.{4}(?:moov|wide|free|skip|mdat)/s}, streams: mp4Streams
  },
  {extension: '3g2', contentType: 'video/3gpp2',
    signature: /^\0\0.{2}ftyp3g2/s, aliases: ['3gpp2'], sound: {extension: '3g2', contentType: 'audio/3gpp2'}, streams: mp4Streams},
  {extension: '3gp', contentType: 'video/3gpp',
    signature: /^\0\0.{2}ftyp3g/s, aliases: ['3gpp'], sound: {extension: '3gp', contentType: 'audio/3gpp'}, streams: mp4Streams},
  {
    extension: 'mp4',
    contentType: 'video/mp4', signature: /^\0\0.{2}(?:ftyp(?!avi[fs]|hei[cxms]|hev[cxms]|mif1|msf1|jp2 |jpx |jxl )|styp)/s,
    aliases: ['m4v', 'video/x-m4v', 'application/mp4', 'f4v', 'video/x-f4v', 'video/mpeg4', 'video/iso.segment', 'm4s', 'cmfv'],
    sound: m4a, streams: mp4Streams
  },
  {
    extension: 'webm', contentType: 'video/webm',
    signature: /^\x1a\x45\xdf\xa3.{0,64}?\x42\x82.webm/s, sound: {extension: 'webm', contentType: 'audio/webm', aliases: ['weba']},
    streams: matroskaStreams
  },
  {
    extension: 'mkv', contentType: 'video/x-matroska',
    signature: /^\x1a\x45\xdf\xa3/, aliases: ['video/matroska', 'video/x-matroska-3d', 'video/matroska-3d', 'mk3d'],
    sound: {extension: 'mka', contentType: 'audio/x-matroska', aliases: ['audio/matroska']}, streams: matroskaStreams
  },
  {extension: 'ogv',
    contentType: 'video/ogg', signature: /^OggS.{0,1000}?(?:\x80theora|BBCD\0|OVP80)/s, aliases: ['ogm', 'video/x-ogm', 'video/x-theora']},
  {extension: 'avi', contentType: 'video/x-msvideo',
    signature: /^RIFF.{4}AVI /s, aliases: ['video/avi', 'video/msvideo', 'video/vnd.avi', 'video/x-avi', 'video/divx', 'divx']},
  {extension: 'flv', contentType: 'video/x-flv', signature: /^FLV\x01/, aliases: ['video/flv']},
  {
    extension: 'wmv', contentType: 'video/x-ms-wmv', signature: /^\x30\x26\xb2\x75\x8e\x66\xcf\x11/,
    aliases: ['video/x-ms-asf', 'application/vnd.ms-asf', 'asf', 'wm', 'video/x-ms-wm', 'dvr-ms'],
    sound: {extension: 'wma', contentType: 'audio/x-ms-wma', aliases: ['audio/wma', 'audio/x-wma']},
    streams: {video: asfVideo, audio: asfAudio, isWhole: asfData}
  },
  {
    extension: 'mpg', contentType: 'video/mpeg', signature: /^\0\0\x01[\xba\xb3]/,
    aliases: ['mpeg', 'mpe', 'vob', 'm1v', 'm2v',
      'm2p', 'mpv', 'video/mp1s', 'video/mp2p', 'video/x-mpeg', 'video/mpg', 'video/mpeg2', 'video/x-mpeg2', 'video/mpv', 'video/dvd']
  },
  {
    extension: 'ts', contentType: 'video/mp2t', signature: /^\x47.{187}\x47.{187}\x47/s,
    aliases: ['mts', 'm2t', 'trp', 'video/vnd.dlna.mpeg-tts', 'video/mpegts', 'video/x-mpegts', 'video/mpeg-ts']
  },
  {extension: 'm2ts', contentType: 'video/mp2t', signature: /^.{4}\x47.{191}\x47.{191}\x47/s},
  {
    extension: 'rm', contentType: 'application/vnd.rn-realmedia',
    signature: /^\.RMF/, aliases: ['rmvb', 'application/vnd.rn-realmedia-vbr', 'rv', 'video/vnd.rn-realvideo'],
    sound: {extension: 'ra', contentType: 'audio/vnd.rn-realaudio', aliases: ['audio/x-realaudio', 'audio/x-pn-realaudio']}
  },
  {extension: 'mxf', contentType: 'application/mxf', signature: /^\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02/},
  {extension: 'nut', contentType: 'video/x-nut', signature: /^nut\/multimedia container\0/},
  {extension: 'ivf', contentType: 'video/x-ivf', signature: /^DKIF\0\0\x20\0/},
  {extension: 'y4m', contentType: 'video/x-yuv4mpeg', signature: /^YUV4MPEG2 /},
  {extension: 'dv', contentType: 'video/x-dv', signature: /^\x1f\x07\0[\x3f\xbf]/, aliases: ['dif', 'video/dv']},
  {extension: 'wtv', contentType: 'video/x-wtv', signature: /^\xb7\xd8\0\x20\x37\x49\xda\x11/}
]
