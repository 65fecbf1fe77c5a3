import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {verdictOf} from '../../build/contracts/change'
import {compareSchemas} from '../../build/contracts/compare'
import {compareContracts} from '../../build/contracts/compare-contracts'
import type {Schema} from '../../build/contracts/schema'

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
    expect({verdict: verdictOf(changes), changes}).toEqual({verdict, changes})
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

describe('compareContracts', () => {
  const contract = {event: 'FileSampled', schema: sample}

  it('finds a new event safe', () => {
    expect(compareContracts([], [contract])).toEqual([
      {event: 'FileSampled', path: '', verdict: 'safe', why: 'new event of mediadownloader.sample'}
    ])
  })

  it('finds a removed event breaking', () => {
    expect(compareContracts([contract], [])).toEqual([
      {event: 'FileSampled', path: '', verdict: 'breaking', why: 'removed: rules wait for it in vain and archived events find no contract'}
    ])
  })

  it('recognises a renamed event', () => {
    const renamed = {event: 'FileMeasured', schema: {...sample, title: 'FileMeasured', 'x-amazon-events-detail-type': 'FileMeasured'}}
    expect(compareContracts([contract], [renamed])).toEqual([
      {event: 'FileMeasured', path: '', verdict: 'safe', why: 'new event of mediadownloader.sample'},
      {event: 'FileSampled', path: '', verdict: 'breaking', why: 'renamed to FileMeasured: rules and consumers know it by its name, archived events keep the old one'}
    ])
  })

  it('finds nothing where nothing changed', () => {
    expect(compareContracts([contract], [contract])).toEqual([])
  })
})
