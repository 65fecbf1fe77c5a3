import {expect, test} from '@jest/globals'
import {parse} from 'content-disposition'
import fc from 'fast-check'
import {attachmentNamed} from '../src/content-disposition'

test.each([
  ['Harbour', 'attachment; filename="Harbour.mp4"; filename*=UTF-8\'\'Harbour.mp4'],
  ['harbour.MP4', 'attachment; filename="harbour.MP4"; filename*=UTF-8\'\'harbour.MP4'],
  ['', 'attachment; filename="url-1.mp4"; filename*=UTF-8\'\'url-1.mp4'],
  [' ../../.. ', 'attachment; filename="url-1.mp4"; filename*=UTF-8\'\'url-1.mp4'],
  ['../etc/passwd', 'attachment; filename="etc passwd.mp4"; filename*=UTF-8\'\'etc%20passwd.mp4'],
  ['a"b\\c\r\nSet-Cookie: x', 'attachment; filename="a b c Set-Cookie x.mp4"; filename*=UTF-8\'\'a%20b%20c%20Set-Cookie%20x.mp4'],
  ['日本 \u{1F3AC}', 'attachment; filename="__ _.mp4"; filename*=UTF-8\'\'%E6%97%A5%E6%9C%AC%20%F0%9F%8E%AC.mp4'],
  ['\u202efdp.exe', 'attachment; filename="fdp.exe.mp4"; filename*=UTF-8\'\'fdp.exe.mp4'],
  ['it\'s (1)*', 'attachment; filename="it\'s (1).mp4"; filename*=UTF-8\'\'it%27s%20%281%29.mp4'],
  ['...and then... ', 'attachment; filename="and then.mp4"; filename*=UTF-8\'\'and%20then.mp4']
])('a title %j becomes %s', (title, expected) => {
  expect(attachmentNamed(title, 'url-1', 'mp4')).toBe(expected)
})

test.each(['a', '\u{1F3AC}'])('a title keeps 120 characters, as many %s as that', (character) => {
  const [most, more] = [120, 121].map((count) => attachmentNamed(character.repeat(count), 'url-1', 'mp4'))
  expect(more).toBe(most)
  expect(most).toMatch(new RegExp(`\\*=UTF-8''(?:${encodeURIComponent(character)}){120}\\.mp4$`))
})

test('an asterisk, which RFC 5987 allows as such nowhere, is escaped in upper case', () => {
  expect(attachmentNamed('', 'url*1', 'mp4')).toBe('attachment; filename="url*1.mp4"; filename*=UTF-8\'\'url%2A1.mp4')
})

test('any title makes a header of printable ASCII that names one file', () => {
  fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 300}), (title) => {
    expect(attachmentNamed(title, 'url-1', 'mp4')).toMatch(/^attachment; filename="[^"\\/\x00-\x1f\x7f-\uffff]{1,400}"; filename\*=UTF-8''[\w.!~%-]+$/)
  }))
})

test.each([['Hafen (Köln) – “1”', 'Hafen (Köln) – “1”.mp4'], ['100%41', '100%41.mp4'], ['it\'s; filename=x', 'it\'s; filename=x.mp4']])('a title %s is read back by others', (title, filename) => {
  expect(parse(attachmentNamed(title, 'url-1', 'mp4'))).toEqual({type: 'attachment', parameters: expect.objectContaining({filename})})
})
