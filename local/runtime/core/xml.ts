const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;', '\r': '&#13;'}

export const escapeXml = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => entities[character]!)

/** An array repeats its element; null and undefined leave it out. */
export type XmlValue = string | number | boolean | null | undefined | readonly XmlValue[] | {readonly [name: string]: XmlValue}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value)

/** `name` may have attributes behind it. */
export const element = (name: string, value: XmlValue): string => {
  if (value === undefined || value === null) {
    return ''
  }
  if (isList(value)) {
    return value.map((item) => element(name, item)).join('')
  }
  return `<${name}>${typeof value === 'object' ? children(value) : escapeXml(String(value))}</${name.split(' ', 1)[0]}>`
}

export const children = (members: {readonly [name: string]: XmlValue}): string =>
  Object.entries(members).map(([name, value]) => element(name, value)).join('')

/** A document with a namespace on its root, which has members or a text. */
export const xmlDocument = (root: string, namespace: string, content: string | {readonly [name: string]: XmlValue}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${typeof content === 'string' ? escapeXml(content) : children(content)}</${root}>`
