import type {MediaFormat} from './media-format'

/** No MPEG header has the bit rate 15 or the sampling rate 3: two bytes alone would fit too much. */
const mpegRates =
  '[\\x00-\\x0b\\x10-\\x1b\\x20-\\x2b\\x30-\\x3b\\x40-\\x4b\\x50-\\x5b\\x60-\\x6b\\x70-\\x7b'
  + '\\x80-\\x8b\\x90-\\x9b\\xa0-\\xab\\xb0-\\xbb\\xc0-\\xcb\\xd0-\\xdb\\xe0-\\xeb]'

/** Formats of sound alone. */
export const soundFormats: readonly MediaFormat[] = [
  {extension: 'flac', contentType: 'audio/flac', signature: /^fLaC/, aliases: ['audio/x-flac']},
  {
    extension: 'mp3', contentType: 'audio/mpeg', signature: new RegExp(`^\\xff[\\xe2-\\xe7\\xf2-\\xf7\\xfa-\\xfd]${mpegRates}`),
    aliases: ['audio/mp3', 'audio/x-mp3',
      'audio/mpeg3', 'audio/x-mpeg-3', 'audio/x-mpeg', 'audio/mpg', 'audio/x-mpg', 'audio/mp2', 'audio/x-mp2', 'mpga', 'mp2', 'mpa']
  },
  {
    extension: 'aac', contentType: 'audio/aac', signature: /^(?:\xff[\xf0\xf1\xf8\xf9][\x00-\x33\x40-\x73\x80-\xb3\xc0-\xf3]|ADIF)/,
    aliases: ['audio/x-aac', 'audio/aacp', 'audio/vnd.dlna.adts', 'audio/x-hx-aac-adts', 'audio/x-hx-aac-adif', 'adts', 'adt', 'adif']
  },
  {extension: 'opus', contentType: 'audio/ogg', signature: /^OggS.{0,64}?OpusHead/s, aliases: ['audio/opus', 'audio/x-opus']},
  {
    extension: 'ogg', contentType: 'audio/ogg', signature: /^OggS/,
    aliases: ['oga', 'spx', 'application/ogg', 'audio/x-ogg',
      'audio/vorbis', 'audio/x-vorbis', 'audio/x-vorbis+ogg', 'audio/speex', 'audio/x-speex', 'audio/x-speex+ogg', 'audio/x-flac+ogg']
  },
  {
    extension: 'wav', contentType: 'audio/wav',
    signature: /^(?:RIFF|RIFX|RF64|BW64).{4}WAVE/s, aliases: ['audio/x-wav', 'audio/wave', 'audio/vnd.wave', 'audio/x-pn-wav', 'bwf']
  },
  {extension: 'w64', contentType: 'audio/x-w64', signature: /^riff\x2e\x91\xcf\x11/},
  {extension: 'aiff',
    contentType: 'audio/aiff', signature: /^FORM.{4}AIF[FC]/s, aliases: ['aif', 'aifc', 'audio/x-aiff', 'audio/x-aifc', 'audio/aifc']},
  {extension: 'mid', contentType: 'audio/midi',
    signature: /^(?:MThd|RIFF.{4}RMID)/s, aliases: ['midi', 'kar', 'rmi', 'audio/x-midi', 'audio/mid', 'audio/sp-midi']},
  {extension: 'amr', contentType: 'audio/amr', signature: /^#!AMR/, aliases: ['awb', 'audio/amr-wb', 'audio/x-amr']},
  {extension: 'caf', contentType: 'audio/x-caf', signature: /^caff\0/, aliases: ['audio/caf']},
  // A syncword, a sampling rate and a frame size that exist, and the version of the bit stream: 0 to 8 for AC-3, 11 to 16 for Enhanced
  // AC-3.
  {extension: 'ac3', contentType: 'audio/ac3',
    signature: /^\x0b\x77.{2}[\x00-\x25\x40-\x65\x80-\xa5][\x00-\x47]/s, aliases: ['audio/x-ac3', 'audio/vnd.dolby.dd-raw']},
  {extension: 'eac3', contentType: 'audio/eac3', signature: /^\x0b\x77.{3}[\x58-\x87]/s, aliases: ['ec3', 'audio/x-eac3']},
  {
    extension: 'dts',
    contentType: 'audio/vnd.dts', signature: /^(?:\x7f\xfe\x80\x01|\xfe\x7f\x01\x80|\x1f\xff\xe8\0|\xff\x1f\0\xe8|DTSHDHDR)/,
    aliases: ['dtshd', 'audio/x-dts', 'audio/dts', 'audio/vnd.dts.hd']
  },
  {extension: 'ape', contentType: 'audio/x-ape', signature: /^MAC [\x80-\xff]\x0f/, aliases: ['audio/ape', 'audio/x-monkeys-audio']},
  {extension: 'wv', contentType: 'audio/x-wavpack', signature: /^wvpk/, aliases: ['audio/wavpack']},
  {extension: 'tta', contentType: 'audio/x-tta', signature: /^TTA[12]/, aliases: ['audio/tta']},
  {extension: 'tak', contentType: 'audio/x-tak', signature: /^tBaK/},
  {extension: 'mpc', contentType: 'audio/x-musepack', signature: /^(?:MPCK|MP\+[\x07\x17])/, aliases: ['mpp', 'mp+', 'audio/musepack']},
  {extension: 'dsf', contentType: 'audio/x-dsf', signature: /^DSD \x1c\0\0\0/, aliases: ['audio/dsf', 'audio/dsd']},
  {extension: 'dff', contentType: 'audio/x-dff', signature: /^FRM8.{8}DSD /s, aliases: ['audio/dff']},
  {extension: 'au', contentType: 'audio/basic', signature: /^\.snd\0/, aliases: ['snd', 'audio/au', 'audio/x-au', 'audio/x-basic']},
  {extension: 'voc', contentType: 'audio/x-voc', signature: /^Creative Voice File\x1a/},
  {extension: 'ra', contentType: 'audio/vnd.rn-realaudio', signature: /^\.ra\xfd/}
]
