import {XMLParser} from 'fast-xml-parser'
import type {ListedItem, Listing} from '../../types/listing'
import {resolveAddresses, xmlBase} from './lists/addresses'

export type XmlListFormat = 'asx' | 'xspf' | 'wpl'

type Element = Readonly<Record<string, unknown>>

const lower = (name: string): string => name.toLowerCase()

/** ASX is written in any case. */
const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: false, parseAttributeValue: false, parseTagValue: false,
  transformTagName: (name) => lower(name).replace(/^.*:/, ''),
  transformAttributeName: lower, isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute
})

const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null

/** All elements of a name at any depth; text alone counts as an element with text. */
const elementsIn = (element: Element, name: string): Element[] =>
  Object.entries(element).filter(([key]) => !key.startsWith('@'))
    .flatMap(([key, values]) => (Array.isArray(values) ? values : []).flatMap((value: unknown) => {
      const each = isElement(value) ? value : {'#text': value}
      return [...key === name ? [each] : [], ...elementsIn(each, name)]
    }))

const attribute = (element: Element | undefined, name: string): string | undefined => {
  const value = element?.[`@${name}`]
  return typeof value === 'string' ? value : undefined
}

const textIn = (element: Element, name: string): string | undefined => {
  const text = elementsIn(element, name)[0]?.['#text']
  return typeof text === 'string' ? text.trim() : undefined
}

/** https://learn.microsoft.com/windows/win32/wmp/windows-media-metafile-reference: the references of an entry are tried in turn. */
const asxItems = (list: Element, at: URL): ListedItem[] => {
  const basesIn = (element: Element): string[] => resolveAddresses(attribute(elementsIn(element, 'base')[0], 'href'), [at.href])
  const entries = elementsIn(list, 'entry').map((entry) => {
    const bases = [...basesIn(entry), ...basesIn(list), at.href]
    return {title: textIn(entry, 'title'),
      files: [{addresses: elementsIn(entry, 'ref').flatMap((ref) => resolveAddresses(attribute(ref, 'href'), bases))}]}
  })
  const lists =
    elementsIn(list, 'entryref')
      .map((ref) => ({files: [{addresses: resolveAddresses(attribute(ref, 'href'), [...basesIn(list), at.href])}]}))
  return [...entries, ...lists]
}

/** https://www.xspf.org/spec: the locations of a track are the same resource, the best one first. */
const xspfItems = (list: Element, at: URL): ListedItem[] => elementsIn(list, 'track').map((track) => {
  const base = xmlBase(at, attribute(elementsIn(list, 'playlist')[0], 'xml:base'), attribute(track, 'xml:base')) ?? at.href
  const locations = elementsIn(track, 'location').map(({'#text': text}) => typeof text === 'string' ? text : undefined)
  return {title: textIn(track, 'title'), files: [{addresses: locations.flatMap((location) => resolveAddresses(location, [base]))}]}
})

const wplItems = (list: Element, at: URL): ListedItem[] =>
  elementsIn(list, 'media').map((media) => ({files: [{addresses: resolveAddresses(attribute(media, 'src'), [at.href])}]}))

const readers: Readonly<Record<XmlListFormat, (list: Element, at: URL) => ListedItem[]>> = {asx: asxItems, xspf: xspfItems, wpl: wplItems}

/** What a list for players names, its addresses resolved against the list's own, `at`. Undefined if it is not XML enough to be read. */
export const readXmlList = (text: string, format: XmlListFormat, at: URL): Listing | undefined => {
  try {
    const list: unknown = parser.parse(text)
    return isElement(list) ? {kind: 'list', items: readers[format](list, at)} : undefined
  } catch {
    return undefined
  }
}
