import {describe, expect, it} from '@jest/globals'
import {PathMissing, query} from '../asl/json-path'
import {putAt} from '../asl/reference-path'
import {fill} from '../asl/template'

const store = {
  book: [
    {title: 'Sayings', price: 8.95, isbn: null}, {title: 'Sword', price: 12.99}, {title: 'Moby Dick', price: 8.99}
  ],
  'odd name': {'a.b': 1}, empty: [], nothing: null
}

describe('a path', () => {
  it.each<[string, unknown]>([
    ['$', store],
    ['$.book[0].title', 'Sayings'],
    ['$.book[-1].title', 'Moby Dick'],
    ['$[\'book\'][1]["price"]', 12.99],
    ['$[\'odd name\'][\'a.b\']', 1],
    ['$.nothing', null],
    ['$.book[0].isbn', null],
    ['$.book[*].title', ['Sayings', 'Sword', 'Moby Dick']],
    ['$.book[0:2].price', [8.95, 12.99]],
    ['$.book[0,2].price', [8.95, 8.99]],
    ['$..price', [8.95, 12.99, 8.99]],
    ['$.book[?(@.price < 9)].title', ['Sayings', 'Moby Dick']],
    ['$.book[?(@.price > 9 && @.title == \'Sword\')].price', [12.99]],
    ['$.book[?(@.isbn)]', []],
    ['$.empty[*]', []],
    ['$.missing[*]', []]
  ])('%s selects %j', (path, value) => {
    expect(query(path, store)).toEqual(value)
  })

  it.each(['$.missing', '$.book[3]', '$.book.title', '$.nothing.deeper', '$.book[0][0]', '$.empty[-1]', '$.constructor'])('%s leads nowhere', (path) => {
    expect(() => query(path, store)).toThrow(PathMissing)
  })
})

describe('a result path', () => {
  it.each<[string, unknown, unknown]>([
    ['$', {a: 1}, 'v'],
    ['$.b', {a: 1}, {a: 1, b: 'v'}],
    ['$.a', {a: 1}, {a: 'v'}],
    ['$.b.c.d', {a: 1}, {a: 1, b: {c: {d: 'v'}}}],
    ['$[\'b c\']', {}, {'b c': 'v'}],
    ['$.a[1]', {a: [1, 2]}, {a: [1, 'v']}],
    ['$.a[0].b', {a: [{c: 1}]}, {a: [{c: 1, b: 'v'}]}]
  ])('%s puts a value into %j', (path, document, outcome) => {
    expect(putAt(document, path, 'v')).toEqual(outcome)
  })

  it.each<[string, unknown]>([['$.a.b', {a: 1}], ['$.a', 'text'], ['$.a', null], ['$.a', [1]], ['$.a[2]', {a: [1]}], ['$.a[*]', {a: [1]}]])('%s does not fit %j', (path, document) => {
    expect(() => putAt(document, path, 'v')).toThrow(expect.objectContaining({
      error: 'States.ResultPathMatchFailure', message: `Unable to apply ReferencePath ${path} to input ${JSON.stringify(document)}`
    }))
  })

  it('leaves the document it is applied to as it is', () => {
    const document = {a: {b: 1}}
    putAt(document, '$.a.c', 2)
    expect(document).toEqual({a: {b: 1}})
  })
})

describe('a payload template', () => {
  const scope = {input: {id: 'x', list: [1, 2]}, context: {Execution: {Name: 'n'}}, random: () => 0, newId: () => 'id'}

  it('is filled by paths, the context object and functions, in objects and lists', () => {
    expect(fill({
      constant: {a: '$.id'}, 'id.$': '$.id', 'all.$': '$', 'name.$': '$$.Execution.Name', 'key.$': 'States.Format(\'F#{}\', $.id)', list: [{'first.$': '$.list[0]'}, 'text']
    }, scope)).toEqual({constant: {a: '$.id'}, id: 'x', all: scope.input, name: 'n', key: 'F#x', list: [{first: 1}, 'text']})
  })

  it.each<[object, string]>([
    [{'a.$': '$.none'}, 'The JSONPath \'$.none\' specified for the field \'a.$\' could not be found in the input \'{"id":"x","list":[1,2]}\''],
    [{b: {'a.$': '$$.None'}}, 'The JSONPath \'$$.None\' specified for the field \'a.$\' could not be found in the input \'{"Execution":{"Name":"n"}}\''],
    [{'a.$': 5}, 'The value for the field \'a.$\' must be a valid JSONPath or a valid intrinsic function call']
  ])('%j fails with States.Runtime', (template, message) => {
    expect(() => fill(template, scope)).toThrow(expect.objectContaining({error: 'States.Runtime', message}))
  })
})
