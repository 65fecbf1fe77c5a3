import {describe, expect, it} from '@jest/globals'
import {evaluate} from '../src/expressions/evaluate'
import {parseIntrinsic} from '../src/intrinsic'
import type {Scope} from '../src/expressions/scope'
import {evaluateTemplate} from '../src/expressions/template'
import {join} from '../src/shape/join'
import {lookUp, parsePath, placeAt} from '../src/shape/path'
import {any, arrayShape, boolean, dateTime, literalString, number, objectShape, type Shape, string} from '../src/shape/shape'

const input = objectShape({
  id: string, count: number, at: dateTime, list: arrayShape(objectShape({size: number})),
  maybe: join(objectShape({inner: string}), objectShape({}))
})

const evaluated = (text: string): {shape: Shape, told: string[]} => {
  const told: string[] = []
  const scope: Scope = {input, context: objectShape({Execution: objectShape({Id: string})}), report: (code) => told.push(code)}
  return {shape: evaluate(text, '', scope), told}
}

describe('a path', () => {
  it.each<[string, Shape]>([
    ['$.id', string],
    ['$[\'id\']', string],
    ['$.at', dateTime],
    ['$$.Execution.Id', string],
    ['$.list[*].size', arrayShape(number)],
    ['$.list[0:2]', arrayShape(objectShape({size: number}))],
    ['$..size', arrayShape(any)]
  ])('%s finds what is there', (text, shape) => {
    expect(evaluated(text)).toEqual({shape, told: []})
  })

  it.each([
    ['$.other', 'path-absent'],
    ['$.id.inner', 'path-absent'],
    ['$.maybe.inner', 'path-maybe-absent'],
    ['$.list[0].size', 'path-maybe-absent'],
    ['$.id..', 'syntax'],
    ['$.[', 'syntax']
  ])('%s is told as %s', (text, code) => {
    expect(evaluated(text).told).toEqual([code])
  })

  it('that is told once does not trouble those that go on from there', () => {
    const {shape} = evaluated('$.other')
    expect(lookUp(shape, parsePath('.inner.most')!)).toEqual({shape: {kind: 'any', isBlamed: true}, isOptional: false})
  })

  it('takes a result, and makes the objects on the way', () => {
    const place = parsePath('.new.place')!.segments as string[]
    expect(placeAt(objectShape({id: string}), place, {shape: number, optional: false}))
      .toEqual(objectShape({id: string, new: objectShape({place: number})}))
  })
})

describe('an intrinsic function', () => {
  it('is parsed with strings, numbers, paths and calls', () => {
    const text = 'States.Format(\'it\\\'s {} \\{\', States.MathAdd($.count, -1), $.list[0][\'a b\'])'
    expect(parseIntrinsic(text)).toEqual({
      kind: 'call', name: 'Format', text, args: [
        {kind: 'literal', value: 'it\'s {} {', raw: 'it\'s {} \\{'},
        {kind: 'call',
          name: 'MathAdd', text: 'States.MathAdd($.count, -1)', args: [{kind: 'path', text: '$.count'}, {kind: 'literal', value: -1}]},
        {kind: 'path', text: '$.list[0][\'a b\']'}
      ]
    })
  })

  it.each<[string, Shape]>([
    ['States.Format(\'{}-{}\', $.id, $.count)', {kind: 'string', growth: 1}],
    ['States.Format(\'{}\', $.count)', {kind: 'string', format: 'numeric'}],
    ['States.StringToJson($.id)', any],
    ['States.StringToJson(States.JsonToString($.list))', arrayShape(objectShape({size: number}))],
    ['States.Array($.id, $.count)', arrayShape({kind: 'union', of: [number, string]}, 2)],
    ['States.ArrayContains(States.Array(\'a\'), $.id)', boolean],
    ['States.ArrayGetItem($.list, 0)', objectShape({size: number})],
    ['States.ArrayPartition($.list, 4)', arrayShape(arrayShape(objectShape({size: number}), 1))],
    ['States.UUID()', {kind: 'string', format: 'uuid'}]
  ])('%s gives its type', (text, shape) => {
    expect(evaluated(text)).toEqual({shape, told: []})
  })

  it('merges objects field by field', () => {
    expect(evaluated('States.JsonMerge($.maybe, States.ArrayGetItem($.list, 0), false)').shape).toEqual({
      kind: 'object', open: false, fields: {inner: {shape: string, optional: true}, size: {shape: number, optional: false}}
    })
  })

  it.each([
    ['States.Formt(\'{}\', $.id)', 'intrinsic'],
    ['States.Format(\'{}\')', 'intrinsic'],
    ['States.UUID(1)', 'intrinsic'],
    ['States.UUID(', 'intrinsic'],
    ['States.MathAdd($.id, 1)', 'wrong-type'],
    ['States.Format(\'{}\', $.list)', 'wrong-type'],
    ['States.ArrayLength($.count)', 'wrong-type']
  ])('%s is told as %s', (text, code) => {
    expect(evaluated(text).told).toEqual([code])
  })
})

describe('a template', () => {
  it('evaluates fields that end in .$ and leaves the others, in lists too', () => {
    const scope: Scope = {input, context: any, report: () => {}}
    expect(evaluateTemplate({'at.$': '$.at', plain: ['x', {'n.$': '$.count'}]}, '', scope)).toEqual(objectShape({
      at: dateTime, plain: arrayShape({kind: 'union', of: [objectShape({n: number}), literalString('x')]}, 2)
    }))
  })
})
