import type {Facts} from './facts/facts'
import type {Report} from './finding'

/** Fills in the placeholders of which the text is known; the others stay. */
export const fillIn = (text: string, {placeholders = {}}: Facts): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => placeholders[name] === undefined ? whole : JSON.stringify(placeholders[name]).slice(1, -1))

const lineNumber = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Placeholders stand inside of strings, as Terraform and EventBridge read them, and the HCL knows each. */
export const checkPlaceholders = (text: string, {placeholders}: Facts, report: Report): void => {
  const tell = (code: 'placeholder-outside-string' | 'placeholder-broken' | 'placeholder-unknown' | 'placeholder-unused', sentence: string): void =>
    report({code, state: '', pointer: '', sentence})
  const outside = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (inside) => inside.replaceAll(/[^\n]/g, ' '))
  for (const {0: found, index} of outside.matchAll(/[$%]\{[^}]*\}?/g)) {
    tell('placeholder-outside-string', `Expected placeholders inside of strings; found ${found} in line ${lineNumber(text, index)}. Put it in quotes, so that the file itself is JSON.`)
  }
  for (const {0: found, index} of text.matchAll(/\\u00(?:3c|3e|26|24)|\$\$\{|%\{|\$\{(?!\w+\})[^}"]*\}?|<[A-Za-z]\w*>|&(?:lt|gt|amp);/gi)) {
    tell('placeholder-broken', `Expected placeholders as \${Name}; found '${found}' in line ${lineNumber(text, index)}, which nothing substitutes. Write \${Name} as it is, without jsonencode.`)
  }
  const used = new Set([...text.matchAll(/(?<!\$)\$\{(\w+)\}/g)].map(([, name]) => name!))
  const known = placeholders === undefined ? [...used] : Object.keys(placeholders)
  for (const name of [...used].filter((each) => !known.includes(each))) {
    tell('placeholder-unknown', `Expected a placeholder that the HCL fills in (${known.join(', ')}); found \${${name}}. Hand it to templatefile, or fix the name.`)
  }
  for (const name of known.filter((each) => !used.has(each))) {
    tell('placeholder-unused', `Expected \${${name}} in the file, since the HCL fills it in; found none. Use it, or drop it from templatefile.`)
  }
}
