import {readFileSync} from 'node:fs'

/** A fenced block of the guide. */
export interface Block {
  readonly heading: string
  readonly language: string
  readonly text: string
  /** Line of its first line. */
  readonly line: number
}

const guide = 'test/guide/migration-guide.md'

/** The samples of the user's guide, as it was handed to us. */
export const guideBlocks = (): Block[] => {
  const text = readFileSync(guide, 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({1: language = '', 2: sample = '', index}) => {
    const before = text.slice(0, index)
    return {language, text: sample, line: before.split('\n').length + 1, heading: [...before.matchAll(/^#+ (?:\P{ASCII}+ ?)?(.+)$/gmu)].at(-1)?.[1] ?? ''}
  })
}

/** What docs/migration.md says to write instead. */
export interface Correction {
  readonly from: string
  readonly to: string
}

const unquoted = (cell: string): string => cell.trim().replace(/^`+ ?| ?`+$/g, '').replaceAll('\\|', '|')

/** The rows of the table of corrections in docs/migration.md. */
export const corrections = (): Correction[] => {
  const [, section = ''] = readFileSync('docs/migration.md', 'utf8').split('## The guide\'s samples\n')
  return [...section.split('\n## ')[0]!.matchAll(/^\| (`.+?`) \| (.+?) \| .+ \|$/gm)].map(([, from = '', to = '']) => ({from: unquoted(from), to: unquoted(to)}))
}

/** A sample with every correction that it needs. */
export const corrected = (text: string): string => corrections().reduce((all, {from, to}) => all.replaceAll(from, to), text)

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')

/** The lines of the TypeScript sample under a heading, for a test that has them in itself. */
export const linesUnder = (heading: string): string[] =>
  linesOf(guideBlocks().find((block) => block.language === 'typescript' && block.heading === heading)!.text)

export const linesOfThisTest = (path: string): string[] => linesOf(readFileSync(path, 'utf8'))
