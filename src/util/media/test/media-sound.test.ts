import {describe, expect, it} from '@jest/globals'
import {ape, asf, id3} from '../../../../test/helpers/media/tags'
import {detectContent} from '../media-content'

const bytes = (latin1: string, length = 600): Buffer => Buffer.concat([Buffer.from(latin1, 'latin1'), Buffer.alloc(Math.max(0, length - latin1.length), 0x2a)])

describe('detectContent keeps sound sound', () => {
  const mp4 = (handlers: string): Buffer => bytes(`\0\0\0\x18ftypisom\0\0\0\0${handlers}\0\0\0\x08mdat`)
  const handler = (type: string): string => `\0\0\0\x21hdlr\0\0\0\0\0\0\0\0${type}`
  const matroska = (docType: string, ...types: number[]): Buffer => bytes(
    `\x1a\x45\xdf\xa3\x42\x82${String.fromCharCode(0x80 + docType.length)}${docType}\x16\x54\xae\x6b${types.map((type) => `\xae\x83\x81${String.fromCharCode(type)}`).join('')}\x1f\x43\xb6\x75`)
  const octets = 'application/octet-stream'

  it.each<[string, Buffer, string, string, string, string]>([
    ['Windows Media that its header calls sound', bytes('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'), 'audio/x-ms-wma', 'x', 'wma', 'audio/x-ms-wma'],
    ['Windows Media that its name calls sound', bytes('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'), octets, 'a.WMA', 'wma', 'audio/x-ms-wma'],
    ['Windows Media with sound alone', asf('audio'), 'video/x-ms-asf', 'a.asf', 'wma', 'audio/x-ms-wma'],
    ['Windows Media with a picture', asf('audio', 'video'), 'audio/x-ms-wma', 'a.wma', 'wmv', 'video/x-ms-wmv'],
    ['WebM with sound alone', matroska('webm', 2), 'video/webm', 'a.webm', 'webm', 'audio/webm'],
    ['WebM that its name calls sound', bytes('\x1a\x45\xdf\xa3\x42\x82\x84webm'), octets, 'a.weba', 'webm', 'audio/webm'],
    ['WebM with a picture', matroska('webm', 2, 1), 'audio/webm', 'a.weba', 'webm', 'video/webm'],
    ['Matroska with sound alone', matroska('matroska', 2, 2), octets, 'a', 'mka', 'audio/x-matroska'],
    ['Matroska that its header calls sound', bytes('\x1a\x45\xdf\xa3\x42\x82\x88matroska'), 'audio/x-matroska', 'a', 'mka', 'audio/x-matroska'],
    ['Matroska by its registered name', bytes('\x1a\x45\xdf\xa3\x42\x82\x88matroska'), 'audio/matroska', 'a', 'mka', 'audio/x-matroska'],
    ['Matroska that its name calls sound', bytes('\x1a\x45\xdf\xa3\x42\x82\x88matroska'), octets, 'a.mka', 'mka', 'audio/x-matroska'],
    ['MP4 with sound alone', mp4(handler('soun')), 'video/mp4', 'a.mp4', 'm4a', 'audio/mp4'],
    ['MP4 with a picture', mp4(handler('soun') + handler('vide')), 'audio/mp4', 'a.m4a', 'mp4', 'video/mp4'],
    ['MP4 that its name calls sound', bytes('\0\0\0\x18ftypisom'), octets, 'a.m4a', 'm4a', 'audio/mp4'],
    ['MP4 under another type of sound', bytes('\0\0\0\x18ftypisom'), 'audio/aac', 'a', 'm4a', 'audio/mp4'],
    ['3GP that its header calls sound', bytes('\0\0\0\x14ftyp3gp5'), 'audio/3gpp', 'a', '3gp', 'audio/3gpp'],
    ['3GPP2', bytes('\0\0\0\x14ftyp3g2a'), 'audio/3gpp2', 'a', '3g2', 'audio/3gpp2'],
    ['RealAudio', bytes('.RMF\0\0'), 'audio/x-pn-realaudio', 'a.ra', 'ra', 'audio/vnd.rn-realaudio'],
    ['ADTS by its name at home', bytes('\xff\xf1\x50\x80'), 'audio/vnd.dlna.adts', 'a', 'aac', 'audio/aac']
  ])('%s', (_what, head, contentType, name, extension, expected) => {
    expect(detectContent(head, {contentType, name})).toEqual({kind: 'media', extension, contentType: expected})
  })

  it('an MP4 without its type at the front is not taken for QuickTime if it is called MP4', () => {
    const head = bytes('\0\0\0\x08free\0\0\0\0mdat')
    expect([detectContent(head, {contentType: 'video/mp4'}), detectContent(head, {name: 'a.m4a'}), detectContent(head)]).toMatchObject([{extension: 'mp4'}, {extension: 'm4a'}, {extension: 'mov'}])
  })
})

describe('detectContent looks behind tags', () => {
  it.each([
    ['FLAC', 'fLaC\0\0\0\x22', 'flac', 'audio/flac'], ['MP3', '\xff\xfb\x90\x64', 'mp3', 'audio/mpeg'], ['AAC', '\xff\xf1\x50\x80', 'aac', 'audio/aac'],
    ['WAV', 'RIFF\x24\0\0\0WAVEfmt ', 'wav', 'audio/wav'], ['Monkey\'s Audio', 'MAC \x96\x0f', 'ape', 'audio/x-ape'], ['True Audio', 'TTA1\x01\0', 'tta', 'audio/x-tta']
  ])('%s', (_what, sound, extension, contentType) => {
    const head = Buffer.concat([id3(6_000), ape(500), bytes(sound)])
    expect(detectContent(head, {contentType: 'audio/mpeg', name: 'a.mp3'})).toEqual({kind: 'media', extension, contentType})
  })

  it.each([
    ['audio/x-flac', 'a', 'flac'], ['audio/aacp', 'a', 'aac'], ['application/octet-stream', 'a.aac', 'aac'], ['video/mp4', 'a.mp4', 'mp3'], ['', '', 'mp3'], ['audio/mpeg', 'a.flac', 'mp3']
  ])('and believes the name where these do not end: %s, %s is %s', (contentType, name, extension) => {
    expect(detectContent(id3(6_000).subarray(0, 4096), {contentType, name})).toMatchObject({kind: 'media', extension})
    expect(detectContent(Buffer.from('no signature'), {contentType, name, isTagged: true})).toMatchObject({kind: 'media', extension})
  })
})
