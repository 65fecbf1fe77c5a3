import {XMLParser, XMLValidator} from 'fast-xml-parser'
import {asObject, isObject, type Json, objectsIn} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'

const parser = new XMLParser({parseTagValue: false, trimValues: false, isArray: (name) => ['Part', 'Object'].includes(name)})

const malformed = (): ServiceError =>
  new ServiceError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema')

/** Members of a document's root. Throws MalformedXML. */
const parseRoot = (text: string, name: string): Json => {
  if (XMLValidator.validate(text) !== true) {
    throw malformed()
  }
  const root: unknown = asObject(parser.parse(text))[name]
  if (!isObject(root)) {
    throw malformed()
  }
  return root
}

export const objectEntries = (text: string): {readonly keys: string[], readonly quiet: boolean} => {
  const root = parseRoot(text, 'Delete')
  return {keys: objectsIn(root['Object']).map((item) => String(item['Key'])), quiet: root['Quiet'] === 'true'}
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
  etag: String(part['ETag'] ?? '').replaceAll(/"|&quot;/g, ''),
  checksums: Object.fromEntries(Object.entries(part).filter(([name]) => name.startsWith('Checksum')))
}))
