import type {Row} from './rows'

const height = 26
const labels = 380
const scale = 240

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const limit = ({target}: Row): number | undefined => target !== undefined && 'ratio' in target ? target.ratio : undefined

/** Up to one and a half times the other, as long as it is; a longer bar ends there. */
const width = (ratio: number): number => Math.round(Math.min(ratio, 1.5) * scale)

const bar = (row: Row, index: number): string => {
  const y = 44 + index * height
  const target = limit(row)
  const mark = target === undefined ? '' : `<line class="target" x1="${labels + width(target)}" x2="${labels + width(target)}" y1="${y - 3}" y2="${y + 17}"/>`
  return `<text x="${labels - 10}" y="${y + 12}" text-anchor="end">${escaped(row.what)}</text>`
    + `<rect class="${row.holds === false ? 'missed' : 'held'}" x="${labels}" y="${y}" width="${width(row.ratio!)}" height="14" rx="3"/>${mark}`
    + `<text x="${labels + 1.5 * scale + 10}" y="${y + 12}">${row.ratio!.toPrecision(2)} ×</text>`
}

const style = 'text{font:12px system-ui,sans-serif;fill:#444}.held{fill:#2e8b6f}.missed{fill:#c8563c}.target{stroke:#222;stroke-width:2}.one{stroke:#999;stroke-dasharray:3 3}'
  + '@media (prefers-color-scheme:dark){text{fill:#ccc}.target{stroke:#eee}}'

/** docs/images/performance.svg: each row's ratio as a bar, its target as a line. */
export const performancePicture = (all: readonly Row[]): string => {
  const rows = all.filter(({ratio}) => ratio !== undefined)
  const bottom = 44 + rows.length * height
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${labels + 1.5 * scale + 70} ${bottom + 8}" role="img" aria-label="Ratios to what is compared with">`
    + `<style>${style}</style><text x="${labels}" y="20">less is better; the dashed line is what is compared with, the short line the target</text>`
    + `<line class="one" x1="${labels + scale}" x2="${labels + scale}" y1="34" y2="${bottom}"/>${rows.map(bar).join('')}</svg>\n`
}
