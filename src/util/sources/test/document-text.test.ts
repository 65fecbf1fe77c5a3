import {describe, expect, it} from '@jest/globals'
import {documentText} from '../document-text'

const xml = (encoding: string, text: string): string => `<?xml version="1.0" encoding="${encoding}"?><title>${text}</title>`
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])

describe('documentText', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['UTF-8', Buffer.from('Köln'), '', 'Köln'],
    ['a byte order mark before all that is said', Buffer.from('\ufeffKöln'), 'text/xml; charset=iso-8859-1', 'Köln'],
    ['UTF-16 by its mark', Buffer.from('\ufeffKöln', 'utf16le'), 'text/xml; charset=utf-8', 'Köln'],
    ['UTF-16BE by its mark', swapped('\ufeffKöln'), '', 'Köln'],
    ['UTF-16 without a mark', Buffer.from(xml('UTF-16', 'Köln'), 'utf16le'), '', xml('UTF-16', 'Köln')],
    ['the charset of the header before the declaration', Buffer.from(xml('windows-1251', 'K\xf6ln'), 'latin1'), 'text/xml; charset="iso-8859-1"', xml('windows-1251', 'Köln')],
    ['the declaration', Buffer.concat([Buffer.from(xml('windows-1251', '').slice(0, -8)), cyrillic]), 'text/xml', xml('windows-1251', '').slice(0, -8) + 'Привет'],
    ['a charset that the bytes are not in', Buffer.from(xml('iso-8859-1', 'K\xf6ln'), 'latin1'), 'text/xml; charset=utf-8', xml('iso-8859-1', 'Köln')],
    ['a charset that does not exist', Buffer.from('Köln'), 'text/xml; charset=x-none', 'Köln'],
    ['bytes of no encoding', Buffer.from('#EXTM3U K\xf6ln \x96', 'latin1'), '', '#EXTM3U Köln –'],
    ['nothing', Buffer.alloc(0), '', '']
  ])('reads %s', (_what, bytes, contentType, text) => {
    expect(documentText(bytes, contentType)).toBe(text)
  })

  it('takes a character that the end of a beginning cuts for no proof of another encoding', () => {
    const cut = Buffer.from('Köln ö').subarray(0, -1)
    expect([documentText(cut, '', true), documentText(cut)]).toEqual(['Köln ', 'KÃ¶ln Ã'])
  })
})
