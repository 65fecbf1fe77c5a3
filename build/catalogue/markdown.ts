/** Text for a cell of a table: a bar would end it. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A table; none if it has no rows. */
export const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string => rows.length === 0
  ? ''
  : [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

export const code = (text: string): string => `\`${text}\``
export const link = (text: string, target: string): string => `[${text}](${target})`
export const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string => items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Paragraphs with a blank line between them; empty ones are left out. */
export const paragraphs = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')
