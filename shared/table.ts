type Rows = ReadonlyArray<readonly string[]>

const aligned = (lines: Rows, align: (cell: string, width: number, column: number) => string): string => {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  return lines.map((line) => line.map((cell, column) => align(cell, widths[column]!, column)).join('  ').trimEnd()).join('\n')
}

/** Columns of text, the first to the left, the others (figures) to the right. */
export const table = (head: readonly string[], rows: Rows): string =>
  aligned([head, ...rows], (cell, width, column) => column === 0 ? cell.padEnd(width) : cell.padStart(width))

/** Columns of text, all to the left. */
export const columns = (head: readonly string[], rows: Rows): string => aligned([head, ...rows], (cell, width) => cell.padEnd(width))
