import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {detectContent, isMediaName} from '../media-content'
import {mediaFormats} from '../media-formats'

const bytes = (latin1: string, length = 600): Buffer => Buffer.concat([Buffer.from(latin1, 'latin1'), Buffer.alloc(Math.max(0, length - latin1.length), 0x2a)])
const repeated = (lead: string, packet: string, length: number): Buffer => Buffer.from(lead + (packet.padEnd(length, '\xff')).repeat(4), 'latin1')

describe('detectContent tells media by its first bytes', () => {
  it.each<[string, Buffer, string, string]>([
    ['MP4', bytes('\0\0\0\x18ftypisom'), 'mp4', 'video/mp4'],
    ['MP4 for iPod', bytes('\0\0\0\x20ftypM4V '), 'mp4', 'video/mp4'],
    ['a fragmented MP4', bytes('\0\0\0\x18stypmsdh'), 'mp4', 'video/mp4'],
    ['M4A', bytes('\0\0\0\x20ftypM4A '), 'm4a', 'audio/mp4'],
    ['QuickTime', bytes('\0\0\0\x14ftypqt  '), 'mov', 'video/quicktime'],
    ['QuickTime of old', bytes('\0\0\x01\x00moov'), 'mov', 'video/quicktime'],
    ['3GP', bytes('\0\0\0\x14ftyp3gp5'), '3gp', 'video/3gpp'],
    ['AVIF', bytes('\0\0\0\x20ftypavif'), 'avif', 'image/avif'],
    ['HEIC', bytes('\0\0\0\x18ftypheic'), 'heic', 'image/heic'],
    ['WebM', bytes('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm'), 'webm', 'video/webm'],
    ['Matroska', bytes('\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska'), 'mkv', 'video/x-matroska'],
    ['MP3 with tags', bytes('ID3\x04\0\0\0\0\x02\x01TSSE'), 'mp3', 'audio/mpeg'],
    ['MP3', bytes('\xff\xfb\x90\x64'), 'mp3', 'audio/mpeg'],
    ['FLAC', bytes('fLaC\0\0\0\x22'), 'flac', 'audio/flac'],
    ['AAC', bytes('\xff\xf1\x50\x80'), 'aac', 'audio/aac'],
    ['Ogg Vorbis', bytes('OggS\0\x02' + '\0'.repeat(22) + '\x01vorbis'), 'ogg', 'audio/ogg'],
    ['Opus', bytes('OggS\0\x02' + '\0'.repeat(22) + 'OpusHead'), 'opus', 'audio/ogg'],
    ['Theora', bytes('OggS\0\x02' + '\0'.repeat(22) + '\x80theora'), 'ogv', 'video/ogg'],
    ['WAV', bytes('RIFF\x24\0\0\0WAVEfmt '), 'wav', 'audio/wav'],
    ['AVI', bytes('RIFF\x24\0\0\0AVI LIST'), 'avi', 'video/x-msvideo'],
    ['WebP', bytes('RIFF\x24\0\0\0WEBPVP8 '), 'webp', 'image/webp'],
    ['FLV', bytes('FLV\x01\x05\0\0\0\x09'), 'flv', 'video/x-flv'],
    ['Windows Media', bytes('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'), 'wmv', 'video/x-ms-wmv'],
    ['MPEG program stream', bytes('\0\0\x01\xba\x44'), 'mpg', 'video/mpeg'],
    ['MPEG transport stream', repeated('', '\x47\x40\0\x10', 188), 'ts', 'video/mp2t'],
    ['M2TS', repeated('', '\0\0\0\0\x47\x40', 192), 'm2ts', 'video/mp2t'],
    ['AIFF', bytes('FORM\0\0\0\0AIFFCOMM'), 'aiff', 'audio/aiff'],
    ['MIDI', bytes('MThd\0\0\0\x06'), 'mid', 'audio/midi'],
    ['AMR', bytes('#!AMR\n'), 'amr', 'audio/amr'],
    ['CAF', bytes('caff\0\x01'), 'caf', 'audio/x-caf'],
    ['RealMedia', bytes('.RMF\0\0'), 'rm', 'application/vnd.rn-realmedia'],
    ['JPEG', bytes('\xff\xd8\xff\xe0'), 'jpg', 'image/jpeg'],
    ['PNG', bytes('\x89PNG\r\n\x1a\n'), 'png', 'image/png'],
    ['GIF', bytes('GIF89a'), 'gif', 'image/gif'],
    ['BMP', bytes('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'), 'bmp', 'image/bmp'],
    ['TIFF', bytes('II\x2a\0\x08\0\0\0'), 'tiff', 'image/tiff'],
    ['TIFF of the other byte order', bytes('MM\0\x2a\0\0\0\x08'), 'tiff', 'image/tiff'],
    ['BigTIFF', bytes('II\x2b\0\x08\0\0\0'), 'tiff', 'image/tiff'],
    ['BigTIFF of the other byte order', bytes('MM\0\x2b\0\x08\0\0'), 'tiff', 'image/tiff'],
    ['an icon', bytes('\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0'), 'ico', 'image/x-icon'],
    ['JPEG XL', bytes('\0\0\0\x0cJXL \r\n\x87\n'), 'jxl', 'image/jxl'],
    ['JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n'), 'jp2', 'image/jp2'],
    ['AVIF by its compatible brand', bytes('\0\0\0\x20ftypmif1\0\0\0\0mif1avif'), 'avif', 'image/avif'],
    ['AC-3', bytes('\x0b\x77\x3a\x5c\x1e\x40'), 'ac3', 'audio/ac3'],
    ['Enhanced AC-3', bytes('\x0b\x77\x02\xff\x3f\x86'), 'eac3', 'audio/eac3'],
    ['DTS', bytes('\x7f\xfe\x80\x01'), 'dts', 'audio/vnd.dts'],
    ['WavPack', bytes('wvpk\x9a\0'), 'wv', 'audio/x-wavpack'],
    ['Musepack', bytes('MPCKSH'), 'mpc', 'audio/x-musepack'],
    ['DSD', bytes('DSD \x1c\0\0\0'), 'dsf', 'audio/x-dsf'],
    ['Sun audio', bytes('.snd\0\0\0\x18'), 'au', 'audio/basic'],
    ['Creative voice', bytes('Creative Voice File\x1a'), 'voc', 'audio/x-voc'],
    ['MXF', bytes('\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02'), 'mxf', 'application/mxf'],
    ['IVF', bytes('DKIF\0\0\x20\0VP80'), 'ivf', 'video/x-ivf'],
    ['uncompressed video', bytes('YUV4MPEG2 W64'), 'y4m', 'video/x-yuv4mpeg'],
    ['DV', bytes('\x1f\x07\0\xbf'), 'dv', 'video/x-dv']
  ])('%s', (_what, head, extension, contentType) => {
    expect(detectContent(head, {contentType: 'application/octet-stream', name: 'file.bin'})).toEqual({kind: 'media', extension, contentType})
  })

  it('an MP4 that its header calls sound is an M4A', () => {
    const head = bytes('\0\0\0\x18ftypdash')
    expect(detectContent(head, {contentType: 'audio/mp4'})).toEqual({kind: 'media', extension: 'm4a', contentType: 'audio/mp4'})
    expect(detectContent(head, {contentType: 'video/mp4'})).toEqual({kind: 'media', extension: 'mp4', contentType: 'video/mp4'})
  })

  it('each format of the table has a name of its own', () => {
    expect(new Set(mediaFormats.map(({extension}) => extension)).size).toBe(mediaFormats.length)
  })

  it('and the test site\'s files are media', () => {
    expect(['mp4', 'mp3', 'webm'].map((extension) => detectContent(syntheticFile(extension, 4096)))).toEqual([
      {kind: 'media', extension: 'mp4', contentType: 'video/mp4'}, {kind: 'media', extension: 'mp3', contentType: 'audio/mpeg'},
      {kind: 'media', extension: 'webm', contentType: 'video/webm'}
    ])
  })
})

describe('detectContent believes the header', () => {
  it('on whether a container holds video or audio', () => {
    const webm = bytes('\x1a\x45\xdf\xa3\x42\x82\x84webm')
    expect(detectContent(webm, {contentType: 'audio/webm; codecs=opus'})).toEqual({kind: 'media', extension: 'webm', contentType: 'audio/webm'})
    expect(detectContent(webm, {contentType: 'video/mp4'})).toEqual({kind: 'media', extension: 'webm', contentType: 'video/webm'})
  })

  it('where the bytes say nothing', () => {
    const raw = Buffer.from([0x8f, 1, 2, 0, 200, 3])
    expect(detectContent(raw, {contentType: 'video/mp4', name: 'a.bin'})).toEqual({kind: 'media', extension: 'mp4', contentType: 'video/mp4'})
    expect(detectContent(raw, {contentType: 'binary/octet-stream', name: 'a.MKV'})).toEqual({kind: 'media', extension: 'mkv', contentType: 'video/x-matroska'})
    expect(detectContent(raw, {contentType: 'video/vnd.strange', name: 'a.strange'})).toEqual({kind: 'media', extension: 'strange', contentType: 'video/vnd.strange'})
    expect(detectContent(raw, {contentType: 'audio/vnd.strange', name: 'a'})).toEqual({kind: 'media', extension: 'bin', contentType: 'audio/vnd.strange'})
    expect(detectContent(raw, {contentType: 'application/zip', name: 'a.zip'})).toEqual({kind: 'other'})
    expect(detectContent(raw)).toEqual({kind: 'other'})
  })
})

describe('detectContent sees through', () => {
  it.each([
    ['a page', '<!DOCTYPE html><html>'], ['a page after a comment', '\n <!-- hi --> <HTML lang="en">'], ['a page with a byte order mark', '\ufeff<!doctype html>'],
    ['XHTML', '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'], ['a script', '<script>location="/login"</script>']
  ])('%s under a media type', (_what, text) => {
    expect(detectContent(Buffer.from(text), {contentType: 'video/mp4', name: 'a.mp4'})).toEqual({kind: 'page'})
  })

  it.each([
    ['HLS', '#EXTM3U\n#EXT-X-VERSION:3'], ['DASH', '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">'], ['DASH without a prologue', '<MPD>'],
    ['Smooth Streaming', '<SmoothStreamingMedia MajorVersion="2">']
  ])('a manifest: %s', (_what, text) => {
    expect(detectContent(Buffer.from(text), {contentType: 'text/html'})).toEqual({kind: 'manifest'})
  })

  it.each([['JSON', '{"error":"gone"}'], ['XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'], ['words', 'Its free to try again later.']])(
    'text under a media type: %s', (_what, text) => {
      expect(detectContent(Buffer.from(text), {contentType: 'video/mp4', name: 'a.mp4'})).toEqual({kind: 'other'})
    })

  it.each(['[', '{', '<', '<?xml', '#EXTM3U'])('but binary that begins with %s is what it is called', (start) => {
    const raw = Buffer.from(`${start}\x80\0\x01\xff\xfe\x02rest`, 'latin1')
    expect(detectContent(raw, {contentType: 'video/mp4', name: 'a.bin'})).toEqual({kind: 'media', extension: 'mp4', contentType: 'video/mp4'})
    expect(detectContent(raw, {contentType: 'application/zip'})).toEqual({kind: 'other'})
  })

  it.each(['audio/x-mpegurl', 'audio/mpegurl', 'application/vnd.apple.mpegurl', 'audio/x-scpls', 'video/x-ms-asx', 'video/x-ms-wvx', 'audio/x-ms-wax'])('a list in an older encoding, which %s is', (contentType) => {
    expect(detectContent(Buffer.from('M\xf6wen.mp3\n', 'latin1'), {contentType, name: 'list'})).toEqual({kind: 'other'})
  })

  it.each(['<rss version="2.0"/>', '{"items": []}', 'Проверка'])('text in UTF-16 under a media type: %s', (text) => {
    expect(detectContent(Buffer.from(`\ufeff${text}`, 'utf16le'), {contentType: 'audio/mpeg'})).toEqual({kind: 'other'})
  })

  it('a page in UTF-16', () => {
    expect(detectContent(Buffer.from('\ufeff<!DOCTYPE html><html>', 'utf16le'), {contentType: 'video/mp4'})).toEqual({kind: 'page'})
  })

  it('nothing at all', () => {
    expect(detectContent(Buffer.alloc(0), {contentType: 'video/mp4'})).toEqual({kind: 'empty'})
  })

  it('a page that only its header calls so', () => {
    expect(detectContent(Buffer.from([0x80, 0x81]), {contentType: 'text/html; charset=utf-16'})).toEqual({kind: 'page'})
  })
})

describe('isMediaName', () => {
  it('goes by the extension', () => {
    expect(['a.mp4', 'A.MKV', 'a.b.webm', 'a.html', 'mp4', 'a.mp4/', '', 'watch'].map(isMediaName)).toEqual([true, true, true, false, false, false, false, false])
  })
})

describe('No source file of ours', () => {
  it('is taken for media', () => {
    expect(['package.json', 'src/util/media/media-content.ts', 'eslint.config.js'].map((path) => detectContent(readFileSync(path), {contentType: 'video/mp4'}).kind)).toEqual(['other', 'other', 'other'])
  })
})
