/** Columns of text, the first to the left, the others (figures) to the right. */
export const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string => {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  const align = (cell: string, column: number): string => column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n')
}
