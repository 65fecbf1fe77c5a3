import {asf, id3} from '../../helpers/media/tags'
import type {SourceCase, SourceSubject} from '../case'

const noise = Buffer.from(Uint8Array.from({length: 120_000}, (_, index) => index * 7919 >> 3 & 0xff))

/** A whole file by ranges, as a file server gives it. */
const kept = (behaviour: string, outcome: string, contentType: string, body: Buffer, stored: string, path = '/file'): SourceCase => ({
  behaviour,
  outcome,
  path,
  serve: () => ({request, response}) => {
    const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const part = first === '' ? body : body.subarray(Number(first), last === '' ? undefined : Number(last) + 1)
    response.writeHead(first === '' ? 200 : 206, {
      'content-type': contentType, 'content-length': part.length, etag: '"1"', ...(first !== '' && {'content-range': `bytes ${first}-${Number(first) + part.length - 1}/${body.length}`})
    }).end(part)
  },
  file: {status: 'Downloaded', contentType: stored, size: body.length},
  stored: body,
  // A tag that is longer than a look costs a second one.
  mostRequests: 3
})

export const kinds: SourceSubject = {
  heading: 'What a file is',
  cases: [
    kept('Windows Media as `audio/x-ms-wma`', 'Sound, by type, extension and push', 'audio/x-ms-wma', Buffer.concat([asf('audio'), noise]), 'audio/x-ms-wma'),
    kept('FLAC as `audio/mpeg`, behind a tag of 6,000 bytes', 'FLAC: the tag is left out by its declared length', 'audio/mpeg',
      Buffer.concat([id3(6_000), Buffer.from('fLaC\0\0\0\x22'), noise]), 'audio/flac'),
    kept('`image/bmp`', 'A picture', 'image/bmp', Buffer.concat([Buffer.from('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0', 'latin1'), noise]), 'image/bmp'),
    kept('`image/tiff`, in either byte order', 'A picture', 'image/tiff', Buffer.concat([Buffer.from('MM\0\x2a\0\0\0\x08', 'latin1'), noise]), 'image/tiff'),
    kept('Bytes of no known signature that begin with `[`, `{` or `<`, as a media type', 'Not text: no UTF-8, or NULs within', 'video/mp4',
      Buffer.concat([Buffer.from('[\0\x01\xff', 'latin1'), noise]), 'video/mp4')
  ]
}
