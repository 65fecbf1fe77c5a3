import {describe, expect, it} from '@jest/globals'
import {dispositionName, titleOf} from '../source-name'

describe('dispositionName', () => {
  it.each([
    ['attachment; filename="The harbour.mp4"', 'The harbour.mp4'], ['attachment; filename=harbour.mp4; size=3', 'harbour.mp4'],
    ['inline; filename="a \\"b\\".mp4"', 'a "b".mp4'], ['attachment; filename="x.mp4"; filename*=UTF-8\'\'Hafen%20K%C3%B6ln.mp4', 'Hafen Köln.mp4'],
    ['attachment; filename="' + Buffer.from('Köln.mp4').toString('latin1') + '"', 'Köln.mp4'], ['attachment; filename="K\xf6ln.mp4"', 'Köln.mp4'],
    ['attachment; filename="../../etc/passwd"', 'passwd'], ['attachment; filename="C:\\\\media\\\\a.mp4"', 'a.mp4'], ['attachment; filename*=UTF-8\'\'%E0%A4%A', '%E0%A4%A'],
    ['attachment', undefined], ['attachment; filename=""', undefined], [undefined, undefined],
    ['attachment; filename=My Video.mp4', 'My Video.mp4'], ['attachment; filename=My Video.mp4 ; size=3', 'My Video.mp4'], ['attachment; filename="Caf%C3%A9.mp4"', 'Café.mp4'],
    ['attachment; filename=Caf%C3%A9.mp4', 'Café.mp4'], ['attachment; filename="100%.mp4"', '100%.mp4'], ['attachment; filename="%E9t%E9.mp4"', '%E9t%E9.mp4'],
    ['attachment; filename*="UTF-8\'\'x.mp4"', 'x.mp4'], ['attachment; filename*=UTF-8\'\'%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82%20%D0%BC%D0%B8%D1%80.mp4', 'Привет мир.mp4'],
    ['attachment; filename*=UTF-8\'\'%E2%80%9Ca%E2%80%9D%20%E2%80%93%20b%E2%80%A6.mp4', '“a” – b….mp4'], ['attachment; filename*=UTF-8\'en\'100%2525.mp4', '100%25.mp4'],
    ['attachment; filename*=iso-8859-1\'\'K%F6ln.mp4', 'Köln.mp4'], ['attachment; filename*=windows-1251\'\'%CF%F0.mp4', 'Пр.mp4'], ['attachment; filename*=x-none\'\'a.mp4; filename=b.mp4', 'b.mp4'],
    ['attachment; filename*=; filename=b.mp4', 'b.mp4'], ['attachment; filename*=UTF-8\'\'; filename=b.mp4', 'b.mp4'], ['attachment; filename *= UTF-8\'\'x%20y.mp4', 'x y.mp4'],
    ['attachment; filename = "x y.mp4"', 'x y.mp4'], ['attachment; FileName="x.mp4"', 'x.mp4'], ['attachment; filename="a;b.mp4"; x=1', 'a;b.mp4'], ['attachment; filename="never closed.mp4', 'never closed.mp4'],
    ['attachment; filename="=?UTF-8?B?UMWZw61zdGF2Lm1wNA==?="', 'Přístav.mp4'], ['attachment; filename="=?iso-8859-1?Q?K=F6ln_am?= =?utf-8?q?_Rhein.mp4?="', 'Köln am Rhein.mp4'],
    ['attachment; filename*0="a"; filename*1="b.mp4"', undefined], ['attachment; xfilename="no.mp4"', undefined], ['attachment; x="filename=no.mp4"', undefined],
    ['filename=bare.mp4', 'bare.mp4'], ['attachment;filename=a.mp4;filename=b.mp4', 'a.mp4'], ['attachment; filename="dir/sub/x.mp4"', 'x.mp4'],
    ['attachment; filename="K\x96ln.mp4"', 'K–ln.mp4'], ['attachment; filename*=UTF-8\'\'a%2Fb.mp4', 'b.mp4']
  ])('reads %s', (header, name) => {
    expect(dispositionName(header)).toBe(name)
  })
})

describe('titleOf', () => {
  it.each([
    ['The_harbour.mp4', 'https://example.com/x', 'The harbour'], [undefined, 'https://example.com/media/My%20holiday.webm?x=1', 'My holiday'],
    [undefined, 'https://example.com/', 'example.com'], [undefined, 'https://example.com/.mp4', 'example.com'], [undefined, 'https://example.com/%E0%A4%A', '%E0%A4%A'],
    ['a\u0000b\u202ec.mp4', 'https://example.com/', 'a b c'],
    ['می\u200cخواهم.mp4', 'https://example.com/', 'می\u200cخواهم'], ['👩\u200d🚀.mp4', 'https://example.com/', '👩\u200d🚀'], ['क्\u200dष.webm', 'https://example.com/', 'क्\u200dष'],
    ['Wo\u00adche\ufeff.mp3', 'https://example.com/', 'Woche'],
    [undefined, 'https://example.com/2024.05.17', '2024.05.17'], [undefined, 'https://example.com/Vol.2', 'Vol.2'], [undefined, 'https://example.com/a/v1.5', 'v1.5'],
    ['archive.tar.gz', 'https://example.com/', 'archive.tar.gz'], ['Mr. X', 'https://example.com/', 'Mr. X'], ['film.2024.MP4', 'https://example.com/', 'film.2024'],
    ['song.weba', 'https://example.com/', 'song'], ['scan.tiff', 'https://example.com/', 'scan'], [undefined, 'https://example.com/master.m3u8', 'master']
  ])('of %s at %s is %s', (name, url, title) => {
    expect(titleOf(name, new URL(url))).toBe(title)
  })

  it('has at most 300 characters', () => {
    expect([...titleOf('😀'.repeat(400), new URL('https://example.com/'))]).toHaveLength(300)
  })
})
