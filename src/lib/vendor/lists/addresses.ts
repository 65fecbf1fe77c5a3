/**
 * An address as it stands in a document, by the bases of which each may be meant; one that is absolute already, or not an address, has at
 * most one.
 */
export const resolveAddresses = (text: string | undefined, bases: readonly string[]): string[] => {
  const address = text?.trim() ?? ''
  if (address === '') {
    return []
  }
  const found = URL.canParse(address) ? [new URL(address)] : bases.map((base) => URL.parse(address, base))
  return [...new Set(found.filter((url) => url !== null).map(({href}) => href))]
}

/**
 * The base that `xml:base` of an element and of those around it name, innermost last; undefined without any. https://www.w3.org/TR/xmlbase/
 */
export const xmlBase = (at: URL, ...bases: ReadonlyArray<string | undefined>): string | undefined => {
  const named = bases.filter((base) => base !== undefined)
  return named.length === 0 ? undefined : named.reduce((base, each) => URL.parse(each.trim(), base)?.href ?? base, at.href)
}
