/** The canonical spelling of a language tag (BCP 47; `eng` is `en`), undefined if it is not one. */
export const canonicalLanguage = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}
