import {describe, expect, test} from '@jest/globals'
import {median, row, rowsTable} from '../rows'

describe('median', () => {
  test.each([[[3, 1, 2], 2], [[4, 1, 2, 3], 2.5], [[7], 7]])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })
})

describe('row', () => {
  const start = {what: 'start', unit: 's', target: {ratio: 0.3}} as const

  test('holds at the target and not above it', () => {
    expect(row(start, [0.9], {with: 'another checkout', values: [3]}).holds).toBe(true)
    expect(row(start, [0.91], {with: 'another checkout', values: [3]}).holds).toBe(false)
  })

  test('judges a figure without anything to compare with', () => {
    expect(row({...start, target: {figure: 20}}, [21, 19, 20])).toMatchObject({here: 20, holds: true})
  })

  test('says nothing about a ratio that was not measured', () => {
    expect(row(start, [1])).toEqual({what: 'start', unit: 's', here: 1, target: {ratio: 0.3}})
  })

  test('prints its verdict', () => {
    expect(rowsTable([row(start, [2], {with: 'another checkout', values: [4]})])).toMatch(/start\s+2 s\s+4 s\s+another checkout\s+0\.50 ×\s+≤ 0\.3 ×\s+DOES NOT HOLD/)
  })
})
