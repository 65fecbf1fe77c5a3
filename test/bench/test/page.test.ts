import {readFileSync} from 'node:fs'
import {describe, expect, test} from '@jest/globals'
import {benches} from '../names'
import {performancePage} from '../page'
import {performancePicture} from '../picture'
import {readResults} from '../results'
import {row} from '../rows'

const rows = [
  row({what: 'a | b', unit: 'ms', target: {ratio: 0.5}}, [30], {with: 'another checkout', values: [100]}),
  row({what: 'less & more', unit: 's', target: {ratio: 0.5}}, [3], {with: 'rclone copyurl', values: [1]})
]

describe('docs/performance.md', () => {
  test('is what npm run bench:docs writes', () => {
    const results = readResults()
    expect(readFileSync('docs/performance.md', 'utf8')).toBe(performancePage(results))
    expect(readFileSync('docs/images/performance.svg', 'utf8')).toBe(performancePicture(benches.flatMap(({name}) => results[name]?.rows ?? [])))
  })

  test('says what holds, row by row', () => {
    const page = performancePage({start: {name: 'start', node: 'v22.0.0', day: '2026-12-01', processors: '2 × a processor', rows}})
    expect(page).toContain('1 of 2 targets hold.')
    expect(page).toContain('| a \\| b | 30 ms | 100 ms | another checkout | 0.30 × | ≤ 0.5 × | holds |')
  })
})

describe('the picture', () => {
  test('ends a bar that is too long at the edge, and says its ratio', () => {
    const picture = performancePicture(rows)
    expect(picture).toContain('less &amp; more')
    expect(picture).toMatch(/class="missed"[^>]* width="360"/)
    expect(picture).toContain('>3.0 ×<')
  })
})
