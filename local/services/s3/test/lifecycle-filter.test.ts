import {describe, expect, it} from '@jest/globals'
import {lifecycleFilter} from '../lifecycle-filter'

const small = {size: 5, tags: [['kind', 'passing'], ['of', 'ann']] as const}
const large = {size: 5000}

const judged = (rule: object): unknown => {
  const {prefix, applies} = lifecycleFilter({...rule})
  return [prefix, applies(small), applies(large)]
}

describe('A rule of the lifecycle', () => {
  it.each([
    ['everything', {filter: [{prefix: '', and: [], tag: []}]}, ['', true, true]],
    ['everything, without a filter', {}, ['', true, true]],
    ['a prefix', {filter: [{prefix: 'a/'}]}, ['a/', true, true]],
    ['a prefix, as of old', {prefix: 'old/', filter: []}, ['old/', true, true]],
    ['a tag', {filter: [{tag: [{key: 'kind', value: 'passing'}]}]}, ['', true, false]],
    ['another value of the tag', {filter: [{tag: [{key: 'kind', value: 'staying'}]}]}, ['', false, false]],
    ['what is larger', {filter: [{object_size_greater_than: 5}]}, ['', false, true]],
    ['what is smaller', {filter: [{object_size_less_than: 5000}]}, ['', true, false]],
    ['all of these', {filter: [{and: [{prefix: 'b/', object_size_less_than: 100, tags: {kind: 'passing', of: 'ann'}}]}]}, ['b/', true, false]]
  ])('is about %s', (_what, rule, expected) => {
    expect(judged(rule)).toEqual(expected)
  })
})
