import type {SourceCase, SourceSubject} from './case'

const cell = (text: string): string => text.replaceAll('|', '\\|')

const rowOf = ({behaviour, outcome}: SourceCase): string => `| ${cell(behaviour)} | ${cell(outcome)} |`

const sectionOf = ({heading, cases}: SourceSubject): string =>
  [`## ${heading}`, '', '| What a server does | What MediaDownloader does |', '|---|---|', ...cases.map(rowOf)].join('\n')

/** The text of docs/sources.md. */
export const pageOf = (table: readonly SourceSubject[]): string => [
  '# What sources do, and what becomes of it', '',
  'Printed by `npm run sources:docs` from the table that `test/integration/sources.test.ts` runs through the whole workflow: each row is a test.', '',
  table.map(sectionOf).join('\n\n'), ''
].join('\n')
