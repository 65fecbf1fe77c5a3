import {describe, expect, it} from '@jest/globals'
import {DatabaseSync} from 'node:sqlite'
import {openDocuments} from '../documents'

const open = (db = new DatabaseSync(':memory:')) => ({db, documents: openDocuments<{v: number}>(db, 'things')})
const deployed = (...entries: Array<[string, number]>) => new Map(entries.map(([key, v]) => [key, {v}]))

describe('documents', () => {
  it('outlive the process and come in the order of their keys', () => {
    const {db, documents} = open()
    documents.put('b', {v: 2})
    documents.put('a', {v: 1})
    documents.put('a', {v: 3})
    expect([documents.delete('c'), documents.all()]).toEqual([false, [{v: 3}, {v: 2}]])
    expect(open(db).documents.all()).toEqual([{v: 3}, {v: 2}])
  })

  it('are made, changed and removed by a deploy', () => {
    const {db, documents} = open()
    documents.deploy(deployed(['a', 1], ['b', 2]))
    const next = open(db).documents
    next.deploy(deployed(['b', 3], ['c', 4]))
    expect([next.get('a'), next.get('b'), next.get('c')]).toEqual([undefined, {v: 3}, {v: 4}])
  })

  it('keep what was changed since, where the wiring has not changed', () => {
    const {db, documents} = open()
    documents.deploy(deployed(['a', 1]))
    documents.put('a', {v: 9})
    documents.put('own', {v: 5})
    const next = open(db).documents
    next.deploy(deployed(['a', 1]))
    expect([next.get('a'), next.get('own')]).toEqual([{v: 9}, {v: 5}])
    next.deploy(deployed(['a', 2]))
    expect([next.get('a'), next.get('own')]).toEqual([{v: 2}, {v: 5}])
  })
})
