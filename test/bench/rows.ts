import {table} from '../../shared/table'

/** What one row of a benchmark says: less is better in each. */
export interface Row {
  readonly what: string
  readonly unit: 's' | 'ms' | 'MiB' | 'kB' | 's CPU' | 's CPU/GiB'
  /** Median of this checkout's runs. */
  readonly here: number
  /** Median of what it is compared with (`with`), measured by turns in the same run. */
  readonly other?: number
  /** `another checkout`, or a program: `rclone copyurl`, `a bare client`. */
  readonly with?: string
  /** `here / other`. */
  readonly ratio?: number
  readonly target?: Target
  /** Left out without a target or without what it is compared with. */
  readonly holds?: boolean
}

/** At most: a ratio to what is compared with, or a figure in the row's unit. */
export type Target = {readonly ratio: number} | {readonly figure: number}

/** One benchmark's result, as it lies in `dist/bench/NAME.json`. */
export interface Benched {
  readonly name: string
  readonly node: string
  readonly rows: readonly Row[]
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const rounded = (figure: number): number => Number(figure.toPrecision(4))

const holdsAt = (target: Target, here: number, ratio: number | undefined): boolean | undefined =>
  'figure' in target ? here <= target.figure : ratio === undefined ? undefined : ratio <= target.ratio

const holding = (target: Target | undefined, here: number, ratio: number | undefined): Pick<Row, 'holds'> => {
  const holds = target && holdsAt(target, here, ratio)
  return holds === undefined ? {} : {holds}
}

/** A row of runs: medians, their ratio, and whether the target holds. */
export const row = (
  {what, unit, target}: Pick<Row, 'what' | 'unit' | 'target'>, here: readonly number[], compared?: {readonly with: string, readonly values: readonly number[]}
): Row => {
  const own = median(here)
  const other = compared && median(compared.values)
  const ratio = other === undefined ? undefined : own / other
  return {
    what, unit, here: rounded(own),
    ...(compared && {other: rounded(other!), with: compared.with, ratio: rounded(ratio!)}),
    ...(target && {target}), ...holding(target, own, ratio)
  }
}

const targetText = (target: Target | undefined, unit: string): string =>
  target === undefined ? '' : 'ratio' in target ? `≤ ${target.ratio} ×` : `≤ ${target.figure} ${unit}`

const verdicts = new Map([[true, 'holds'], [false, 'DOES NOT HOLD']])

const cells = ({what, unit, here, other, with: name, ratio, target, holds}: Row): string[] => [
  what, `${here} ${unit}`, other === undefined ? '' : `${other} ${unit}`, name ?? '',
  ratio === undefined ? '' : `${ratio.toPrecision(2)} ×`, targetText(target, unit), holds === undefined ? '' : verdicts.get(holds)!
]

export const rowHeads = ['what', 'here', 'other', 'compared with', 'ratio', 'target', '']

export const rowCells = (rows: readonly Row[]): string[][] => rows.map(cells)

export const rowsTable = (rows: readonly Row[]): string => table(rowHeads, rowCells(rows))
