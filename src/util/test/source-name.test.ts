import {describe, expect, it} from '@jest/globals'
import {dispositionName, titleOf} from '../source-name'

describe('dispositionName', () => {
  it.each([
    ['attachment; filename="The harbour.mp4"', 'The harbour.mp4'], ['attachment; filename=harbour.mp4; size=3', 'harbour.mp4'],
    ['inline; filename="a \\"b\\".mp4"', 'a "b".mp4'], ['attachment; filename="x.mp4"; filename*=UTF-8\'\'Hafen%20K%C3%B6ln.mp4', 'Hafen Köln.mp4'],
    ['attachment; filename="' + Buffer.from('Köln.mp4').toString('latin1') + '"', 'Köln.mp4'], ['attachment; filename="K\xf6ln.mp4"', 'Köln.mp4'],
    ['attachment; filename="../../etc/passwd"', 'passwd'], ['attachment; filename="C:\\\\media\\\\a.mp4"', 'a.mp4'], ['attachment; filename*=UTF-8\'\'%E0%A4%A', '%E0%A4%A'],
    ['attachment', undefined], ['attachment; filename=""', undefined], [undefined, undefined]
  ])('reads %s', (header, name) => {
    expect(dispositionName(header)).toBe(name)
  })
})

describe('titleOf', () => {
  it.each([
    ['The_harbour.mp4', 'https://example.com/x', 'The harbour'], [undefined, 'https://example.com/media/My%20holiday.webm?x=1', 'My holiday'],
    [undefined, 'https://example.com/', 'example.com'], [undefined, 'https://example.com/.mp4', 'example.com'], [undefined, 'https://example.com/%E0%A4%A', '%E0%A4%A'],
    ['a\u0000b\u202ec.mp4', 'https://example.com/', 'a b c']
  ])('of %s at %s is %s', (name, url, title) => {
    expect(titleOf(name, new URL(url))).toBe(title)
  })

  it('has at most 300 characters', () => {
    expect([...titleOf('😀'.repeat(400), new URL('https://example.com/'))]).toHaveLength(300)
  })
})
