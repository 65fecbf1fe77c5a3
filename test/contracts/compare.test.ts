import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {Ajv} from 'ajv'
import {overallVerdict} from '../../shared/contracts/change'
import {compareSchemas} from '../../shared/contracts/compare'
import {compareContracts} from '../../build/contracts/compare-contracts'
import {forAjv} from '../../shared/contracts/ajv'
import {formats} from '../../shared/contracts/formats'
import type {Schema} from '../../shared/contracts/schema'

/** Values by path; null takes away. */
type Patch = Readonly<Record<string, unknown>>

interface Edit {
  readonly edit: string
  readonly verdict: 'breaking' | 'safe'
  /** Brings the sample into the state before the edit. */
  readonly before?: Patch
  readonly after: Patch
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T
const sample = read<Schema>('edits.schema.json')
const edits = read<Edit[]>('edits.json')

const patched = (schema: Schema, patch: Patch = {}): Schema => {
  const copy = structuredClone(schema) as Record<string, unknown>
  for (const [path, value] of Object.entries(patch)) {
    const steps = path.split('/').slice(1)
    const last = steps.pop()!
    const parent = steps.reduce<Record<string, unknown>>((inner, step) => (inner[step] ??= {}) as Record<string, unknown>, copy)
    if (value === null) {
      delete parent[last]
    } else {
      parent[last] = value
    }
  }
  return copy
}

describe('compareSchemas', () => {
  it('is tested by at least 80 edits of both verdicts', () => {
    const count = (verdict: string) => edits.filter((edit) => edit.verdict === verdict).length
    expect(edits.length).toBeGreaterThanOrEqual(80)
    expect(Math.min(count('breaking'), count('safe'))).toBeGreaterThanOrEqual(40)
  })

  it.each(edits)('finds $verdict that $edit', ({before, after, verdict}) => {
    const was = patched(sample, before)
    const is = patched(was, after)
    const changes = compareSchemas(was, is)
    expect({verdict: overallVerdict(changes), changes}).toEqual({verdict, changes})
  })

  it.each(edits.filter(({verdict}) => verdict === 'breaking'))('says where and why it breaks that $edit', ({before, after}) => {
    const was = patched(sample, before)
    const [first] = compareSchemas(was, patched(was, after)).filter(({verdict}) => verdict === 'breaking')
    expect(first).toEqual({path: expect.stringMatching(/^\//), verdict: 'breaking', why: expect.stringMatching(/\S+ \S+/)})
  })

  it('reports each of several changes once', () => {
    const after = patched(sample, {'/properties/size/maximum': 10, '/properties/title': null, '/properties/note': {type: 'string'}})
    expect(compareSchemas(sample, after)).toEqual([
      {path: '/properties/title', verdict: 'breaking', why: 'removed: consumers rely on it'},
      {path: '/properties/size/maximum', verdict: 'breaking', why: '1000 → 10 refuses what was valid: archived events would no longer parse'},
      {path: '/properties/note', verdict: 'safe', why: 'new and optional'}
    ])
  })
})

/** Ajv as a second opinion: what was valid stays valid after a safe edit. */
describe('a safe edit', () => {
  const detail = {
    fileId: 'abc', correlationId: 'c-1', title: 'Title', size: 7, ratio: 0.5, step: 8, quality: '720p', live: true, at: '2025-11-23T10:00:00Z',
    tags: ['a', 'b'], author: {name: 'An Author', handle: 'an'}, labels: {de: 'Titel'}, link: 'media/abc.mp4', bound: 'bound', either: 'b', other: 'x'
  }
  const edges = [
    {size: 1}, {size: 1000}, {ratio: 1}, {ratio: 1e-9}, {step: -4}, {quality: 'best'}, {title: ''}, {title: 'x'.repeat(1024)}, {live: false},
    {correlationId: 'x'}, {correlationId: 'x'.repeat(128)}, {tags: ['x'.repeat(64)]}, {tags: [...'abcdefghij']}, {author: {name: 'a'}},
    {author: {name: 'a', b: 1, c: 2, d: 3, e: 4}}, {labels: {}}, {labels: {en: 'x'.repeat(32)}}, {link: 'https://example.com'}, {bound: 'xx'},
    {bound: 'x'.repeat(20)}, {other: ''}, {any: 1}, {any: {}}, {list: [1, 'a']}, {choice: {a: 1, b: 2}}, {mixed: 1}, {mixed: 'a'}, {tomorrow: [null]}
  ].map((edge) => ({...detail, ...edge}))
  const required = {fileId: 'abc', correlationId: 'c-1', size: 7, quality: '720p'}
  const validator = (schema: Schema) => new Ajv({strict: false, formats: {...formats}}).compile(forAjv(schema))

  it('is judged on details that are valid before', () => {
    const isValid = validator(sample)
    expect([detail, required, ...edges].filter((each) => !isValid(each))).toEqual([])
  })

  it.each(edits.filter(({verdict}) => verdict === 'safe'))('refuses nothing that was valid: $edit', ({before, after}) => {
    const was = patched(sample, before)
    const [wasValid, isValid] = [validator(was), validator(patched(was, after))]
    expect([detail, required, ...edges].filter((each) => wasValid(each) && !isValid(each))).toEqual([])
  })
})

describe('compareContracts', () => {
  const contract = {event: 'FileSampled', schema: sample}

  it('finds a new event safe', () => {
    expect(compareContracts([], [contract])).toEqual([
      {event: 'FileSampled', path: '', verdict: 'safe', why: 'new event of mediadownloader.sample'}
    ])
  })

  it('finds a removed event breaking', () => {
    expect(compareContracts([contract], [])).toEqual([
      {event: 'FileSampled', path: '', verdict: 'breaking', why: 'removed: rules wait for it without success and archived events find no contract'}
    ])
  })

  it('recognises a renamed event', () => {
    const renamed = {event: 'FileMeasured', schema: {...sample, title: 'FileMeasured', 'x-amazon-events-detail-type': 'FileMeasured'}}
    expect(compareContracts([contract], [renamed])).toEqual([
      {event: 'FileMeasured', path: '', verdict: 'safe', why: 'new event of mediadownloader.sample'},
      {event: 'FileSampled', path: '', verdict: 'breaking', why: 'renamed to FileMeasured: rules and consumers know it by its name, archived events keep the old one'}
    ])
  })

  it('finds nothing if nothing changed', () => {
    expect(compareContracts([contract], [contract])).toEqual([])
  })
})
