import {benches} from './names'
import type {Results} from './results'
import {type Row, rowCells, rowHeads} from './rows'

type Result = NonNullable<Results[keyof Results]>

const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const rowsOf = (rows: readonly Row[]): string =>
  [line(rowHeads), line(rowHeads.map(() => '---')), ...rowCells(rows).map(line)].join('\n')

const section = (title: string, {name, day, node, processors, rows}: Result): string =>
  [`## ${title}`, `\`npm run bench:${name}\`, ${day}, Node ${node}, ${processors}.`, rowsOf(rows)].join('\n\n')

const judged = (results: Results): string => {
  const rows = Object.values(results).flatMap(({rows: each}) => each).filter(({holds}) => holds !== undefined)
  return `${rows.filter(({holds}) => holds).length} of ${rows.length} targets hold.`
}

/** docs/performance.md. */
export const performancePage = (results: Results): string => [
  '# Performance',
  'Written by `npm run bench:docs` from what `npm run bench -- --against DIR` measured; less is better in each row. DIR is a checkout of the build that'
  + ` a ratio is to, measured by turns in the same run. ${judged(results)}`,
  '![The ratios, drawn](images/performance.svg)',
  ...benches.flatMap(({name, title}) => {
    const result = results[name]
    return result === undefined ? [] : [section(title, result)]
  }),
  ''
].join('\n\n').replace(/\n\n$/, '\n')
