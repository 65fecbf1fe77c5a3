import type {MediaFormat} from './media-format'

/** Pictures that stand still, or all but. SVG is absent on purpose: it is a program as much as a picture. */
export const pictureFormats: readonly MediaFormat[] = [
  {extension: 'avif', contentType: 'image/avif',
    signature: /^\0\0.{2}ftyp(?:avi[fs]|mi[af]1.{4}(?:.{4}){0,8}?avif)/s, aliases: ['avifs', 'image/avif-sequence']},
  {
    extension: 'heic', contentType: 'image/heic', signature: /^\0\0.{2}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)/s,
    aliases: ['heif', 'heics', 'heifs', 'hif', 'image/heif', 'image/heic-sequence', 'image/heif-sequence']
  },
  {extension: 'jpg',
    contentType: 'image/jpeg', signature: /^\xff\xd8\xff/, aliases: ['jpeg', 'jpe', 'jfif', 'pjpeg', 'image/jpg', 'image/pjpeg']},
  {extension: 'png',
    contentType: 'image/png', signature: /^\x89PNG\r\n/, aliases: ['apng', 'image/apng', 'image/x-png', 'image/vnd.mozilla.apng']},
  {extension: 'gif', contentType: 'image/gif', signature: /^GIF8[79]a/},
  {extension: 'webp', contentType: 'image/webp', signature: /^RIFF.{4}WEBP/s},
  // The size of the header that follows names its version: OS/2 1, OS/2 2, Windows 3 to 5.
  {extension: 'bmp', contentType: 'image/bmp', signature: /^BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\0\0\0/s,
    aliases: ['dib', 'image/x-bmp', 'image/x-ms-bmp', 'image/x-windows-bmp']},
  {
    extension: 'tiff', contentType: 'image/tiff', signature: /^(?:II\x2a\0|MM\0\x2a|II\x2b\0\x08\0\0\0|MM\0\x2b\0\x08\0\0)/,
    aliases: ['tif', 'image/tif', 'image/x-tiff', 'image/x-tif']
  },
  {
    extension: 'ico', contentType: 'image/x-icon', signature: /^\0\0\x01\0[\x01-\xff]\0.{3}[\0\xff].\0.\0.{2}[\0-\x7f]\0/s,
    aliases: ['image/vnd.microsoft.icon', 'image/ico', 'image/icon']
  },
  {extension: 'jxl', contentType: 'image/jxl', signature: /^\0\0\0\x0cJXL \r\n\x87\n/},
  {extension: 'jp2', contentType: 'image/jp2', signature: /^(?:\0\0\0\x0cjP {2}\r\n\x87\n|\xff\x4f\xff\x51)/,
    aliases: ['jpx', 'jpm', 'j2k', 'jpf', 'image/jpx', 'image/jpm', 'image/jpeg2000']},
  {extension: 'psd', contentType: 'image/vnd.adobe.photoshop', signature: /^8BPS\0[\x01\x02]\0{6}/, aliases: ['psb', 'image/x-photoshop']}
]
