import {afterEach, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {validators} from '../../../types/eventbridge.validators'
import type {NamedError} from '../../errors'
import {type ErrorName} from '../../errors'
import {parseSourceUrl} from '../source-url'

const errorOf = (text: unknown): ErrorName | undefined => {
  try {
    parseSourceUrl(text)
    return undefined
  } catch (error) {
    return (error as NamedError).name
  }
}

afterEach(() => {
  delete process.env.ALLOW_PRIVATE_SOURCES
})

describe('parseSourceUrl', () => {
  test.each([
    ['https://media.example.com/a b.mp4', 'https://media.example.com/a%20b.mp4'],
    ['  https://media.example.com/a.mp4 ', 'https://media.example.com/a.mp4'],
    ['https://münchen.example/é.mp4', 'https://xn--mnchen-3ya.example/%C3%A9.mp4'],
    ['https://e.com/a|b[1].mp4?x[]=1|2&p=100%#a|b', 'https://e.com/a%7Cb%5B1%5D.mp4?x%5B%5D=1%7C2&p=100%25#a%7Cb'],
    ['https://e.com/%7Eme/%e9?q=a+b%20c', 'https://e.com/%7Eme/%e9?q=a+b%20c'],
    ['http://[2606:4700::1111]:8080/a', 'http://[2606:4700::1111]:8080/a']
  ])('reads %s as %s', (text, expected) => {
    expect(parseSourceUrl(text).href).toBe(expected)
  })

  test.each([undefined, null, 7, {}, '', '   ', 'not a url', 'example.com/video.mp4', '//example.com/a', 'http://', 'https://user:secret@example.com/a', `https://e.com/${'a'.repeat(8_200)}`, `https://e.com/${'é'.repeat(2_000)}`])('refuses %j as no URL', (text) => {
    expect(errorOf(text)).toBe('InvalidUrlError')
  })

  test.each(['ftp://example.com/a', 'file:///etc/passwd', 'javascript:alert(1)', 'data:video/mp4;base64,AAAA', 'magnet:?xt=1'])('refuses the scheme of %s', (text) => {
    expect(errorOf(text)).toBe('UnsupportedSchemeError')
  })

  const privateUrls = [
    'http://localhost/a', 'http://LOCALHOST./a', 'http://media.localhost/a', 'http://127.0.0.1/a', 'http://127.1/a', 'http://0x7f000001/a',
    'http://0177.0.0.1/a', 'http://2130706433/a', 'http://0/a', 'http://10.0.0.1/a', 'http://172.16.0.1/a', 'http://192.168.1.1/a',
    'http://169.254.169.254/latest/meta-data', 'http://[::1]/a', 'http://[::]/a', 'http://[::ffff:127.0.0.1]/a', 'http://[::ffff:a9fe:a9fe]/a',
    'http://[fd00:ec2::254]/a', 'http://[fe80::1]/a', 'http://100.64.0.1/a', 'http://224.0.0.1/a'
  ]

  test.each(privateUrls)('refuses the private address of %s', (text) => {
    expect(errorOf(text)).toBe('PrivateAddressError')
  })

  test.each(privateUrls)('lets %s through where private sources are allowed', (text) => {
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    expect(errorOf(text)).toBeUndefined()
  })

  test('answers a URL that fits the contract of the event, whatever the path and query', () => {
    const detail = {fileId: 'url-1', correlationId: 'c', userId: 'alice', requestedAt: '2025-11-23T10:00:00.000Z'}
    fc.assert(fc.property(fc.string({unit: 'grapheme', maxLength: 60}), (text) => {
      const url = parseSourceUrl(`https://e.com/${text}`)
      expect(validators.FileRequested({...detail, sourceUrl: url.href})).toBe(true)
      expect(parseSourceUrl(url.href).href).toBe(url.href)
    }))
  })
})
