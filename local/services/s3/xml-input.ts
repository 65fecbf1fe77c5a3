import {XMLParser, XMLValidator} from 'fast-xml-parser'
import {asObject, isObject, type Json, objectsIn} from '../../../shared/json'
import {escapeXml} from '../../runtime/core/xml'
import {malformedXml} from './errors'

/** Elements that S3's documents repeat. */
const lists = ['Part', 'Object', 'Tag', 'Rule']

const named: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: '\''}

const isCharacter = (code: number): boolean => code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0

const decodeReference = (reference: string): string => {
  const code = reference.startsWith('#x') ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1))
  const text = reference.startsWith('#') ? isCharacter(code) ? String.fromCodePoint(code) : undefined : named[reference]
  if (text === undefined) {
    throw malformedXml()
  }
  return text
}

/** Character references and the five entities of XML, decoded once: `&amp;#34;` is the text `&#34;`. Throws MalformedXML. */
export const decodeXml = (text: string): string =>
  text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);|&/g, (_whole, reference?: string) => decodeReference(reference ?? ''))

const parser = new XMLParser({
  parseTagValue: false, trimValues: false, removeNSPrefix: true, processEntities: false,
  isArray: (name) => lists.includes(name),
  tagValueProcessor: (_name, value) => decodeXml(value)
})

/** Without comments, its CDATA as text like any other, its line ends as XML reads them. */
const normalized = (text: string): string => text.replace(/\r\n?/g, '\n')
  .replace(/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_whole, raw?: string) => escapeXml(raw ?? ''))

/** Members of a document's root, which may be empty. Throws MalformedXML. */
export const parseRoot = (text: string, name: string): Json => {
  const document = normalized(text)
  if (document.includes('<!DOCTYPE') || XMLValidator.validate(document) !== true) {
    throw malformedXml()
  }
  const roots = asObject(parser.parse(document))
  const root = roots[name]
  if (!Object.hasOwn(roots, name) || !(isObject(root) || String(root).trim() === '')) {
    throw malformedXml()
  }
  return asObject(root)
}

/** An element's text. Throws MalformedXML if it is not there. */
export const textOf = (json: Json, name: string): string => {
  const value = json[name]
  if (typeof value !== 'string') {
    throw malformedXml()
  }
  return value
}

/** An object as DeleteObjects names it. */
export interface NamedObject {
  readonly key: string
  readonly version?: string
  readonly etag?: string
}

const withoutQuotes = (etag: string): string => etag.trim().replace(/^"(.*)"$/s, '$1')

const unknownMembers = (item: Json): string[] => Object.keys(item).filter((name) => !['Key', 'VersionId', 'ETag'].includes(name))

/** Objects to delete, and the members of them that we do not know. Throws MalformedXML. */
export const objectEntries = (text: string): {readonly objects: NamedObject[], readonly quiet: boolean, readonly unknown: string[]} => {
  const root = parseRoot(text, 'Delete')
  const items = objectsIn(root['Object'])
  const objects = items.map((item) => ({
    key: textOf(item, 'Key'),
    ...(typeof item['VersionId'] === 'string' && item['VersionId'] !== '' && {version: item['VersionId']}),
    ...(typeof item['ETag'] === 'string' && {etag: withoutQuotes(item['ETag'])})
  }))
  return {objects, quiet: root['Quiet'] === 'true', unknown: items.flatMap(unknownMembers)}
}

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart {
  readonly number: number
  /** Without quotes. */
  readonly etag: string
  /** Any `Checksum<ALGORITHM>`, by that name. */
  readonly checksums: Json
}

export const partEntries = (text: string): NamedPart[] => objectsIn(parseRoot(text, 'CompleteMultipartUpload')['Part']).map((part) => ({
  number: Number(part['PartNumber']),
  etag: withoutQuotes(String(part['ETag'] ?? '')),
  checksums: Object.fromEntries(Object.entries(part).filter(([name]) => name.startsWith('Checksum')))
}))
