import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {findBase, pastContracts, pastExamples} from '../../shared/contracts/history'
import type {EventName} from '../../src/types/eventbridge'
import {parseEvent} from '../../src/util/eventbridge-helpers'
import {envelopeOf} from '../helpers/envelope'

const root = join(import.meta.dirname, '../..')
const published = findBase(root)?.revision

/** The archive keeps events for 90 days; what was valid when it was published must parse today. Without history there is nothing to look at. */
describe('the examples of every version of a contract', () => {
  const past = pastExamples(root)

  it('are found wherever there is history', () => {
    expect(past.length > 0).toBe(published !== undefined)
  })

  it('parse today', () => {
    const refusals = past.flatMap(({event, path, commit, text}) => {
      try {
        parseEvent(event as EventName, envelopeOf(event as EventName, JSON.parse(text)))
        return []
      } catch (error) {
        return [`${path} of ${commit.slice(0, 9)}: ${(error as Error).message}`]
      }
    })
    expect(refusals).toEqual([])
  })

  it('stay as they were published: another example is another file', () => {
    const now = (path: string): string | undefined => existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').trim() : undefined
    const changed = published === undefined ? [] : pastExamples(root, published).filter(({path, text}) => now(path) !== text)
    expect(changed.map(({path, commit}) => `${path} of ${commit.slice(0, 9)}`)).toEqual([])
  })
})

describe('history', () => {
  let folder = ''
  const git = (...parameters: string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters], {stdio: 'ignore'})
  }
  const commit = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), {recursive: true})
    writeFileSync(join(folder, path), text)
    git('add', '.')
    git('commit', '-qm', path)
  }
  const example = 'src/types/events/FileSampled/examples/one.json'
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'))
    git('init', '-q', '-b', 'main')
    commit(example, '{"a": 1}')
    commit('src/types/events/FileSampled/schema.json', '{"title": "FileSampled"}')
    commit(example, '{"a": 2}')
    commit('src/types/events/FileSampled/schema.json', '{"title": "FileSampled", "description": "More."}')
    git('rm', '-q', example)
    git('commit', '-qm', 'gone')
  })
  afterAll(() => rmSync(folder, {recursive: true}))

  it('has an example in each of its states, also after it has gone', () => {
    expect(pastExamples(folder).map(({event, path, text}) => ({event, path, text}))).toEqual([
      {event: 'FileSampled', path: example, text: '{"a": 2}'}, {event: 'FileSampled', path: example, text: '{"a": 1}'}
    ])
  })

  it('has a contract in each of its versions', () => {
    expect(pastContracts(folder, 'FileSampled').map(({schema}) => schema)).toEqual([{title: 'FileSampled', description: 'More.'}, {title: 'FileSampled'}])
  })

  it('is empty if there is none', () => {
    const bare = mkdtempSync(join(tmpdir(), 'no-history-'))
    expect([pastExamples(bare), pastContracts(bare, 'FileSampled')]).toEqual([[], []])
    rmSync(bare, {recursive: true})
  })
})
