import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {contractsAt, findBase} from '../../shared/contracts/history'
import {reportText} from '../../build/contracts/report'

describe('the base of the comparison', () => {
  let root = ''
  let first = ''
  const git = (...parameters: string[]) => execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim()
  const commit = (event: string) => {
    mkdirSync(join(root, 'src/types/events', event, 'examples'), {recursive: true})
    writeFileSync(join(root, 'src/types/events', event, 'schema.json'), JSON.stringify({title: event}))
    writeFileSync(join(root, 'src/types/events', event, 'examples/one.json'), '{}')
    git('add', '.')
    git('commit', '-qm', event)
    return git('rev-parse', 'HEAD')
  }
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'history-'))
    git('init', '-q', '-b', 'main')
    first = commit('FileRequested')
    git('checkout', '-q', '-b', 'feature')
    commit('FileSampled')
    git('checkout', '-q', 'main')
    commit('FileMeasured')
    git('checkout', '-q', 'feature')
  })
  afterAll(() => rmSync(root, {recursive: true}))

  it('is where the branch left main, whatever main did since', () => {
    expect(findBase(root)).toEqual({revision: first, label: `${first.slice(0, 9)}, the merge base with main`})
  })

  it('is the named commit where --base names one of this branch', () => {
    const head = git('rev-parse', 'HEAD')
    expect(findBase(root, 'HEAD')).toEqual({revision: head, label: `${head.slice(0, 9)}, the merge base with HEAD`})
  })

  it('is refused where --base names no commit', () => {
    expect(() => findBase(root, 'nowhere')).toThrow('Expected --base to name a commit; git does not know \'nowhere\'. A shallow clone may lack it: git fetch origin main.')
  })

  it('is nothing if there is no history', () => {
    const bare = mkdtempSync(join(tmpdir(), 'no-history-'))
    expect(findBase(bare)).toBe(undefined)
    rmSync(bare, {recursive: true})
  })

  it('has the contracts of then', () => {
    expect([contractsAt(root, first), contractsAt(root, 'HEAD').map(({event}) => event)])
      .toEqual([[{event: 'FileRequested', schema: {title: 'FileRequested'}}], ['FileRequested', 'FileSampled']])
  })
})

describe('the report', () => {
  it('is one line a change, and below a breaking one whom it hits', () => {
    expect(reportText({base: '1a2b3c4, the merge base with main', verdict: 'breaking', changes: [
      {event: 'FileSampled', path: '/properties/note', verdict: 'safe', why: 'new and optional'},
      {event: 'FileRequested', path: '/properties/userId', verdict: 'breaking', why: 'removed: consumers rely on it',
        hits: {rules: ['FileRequested → StartFileUpload'], functions: ['StartFileUpload'], states: [], publishers: ['RequestFile']}},
      {event: 'FileLost', path: '', verdict: 'breaking', why: 'removed', hits: {rules: [], functions: [], states: [], publishers: []}}
    ]}).split('\n')).toEqual([
      'Contracts compared with 1a2b3c4, the merge base with main.',
      'safe      FileSampled    /properties/note    new and optional',
      'BREAKING  FileRequested  /properties/userId  removed: consumers rely on it',
      '            rules: FileRequested → StartFileUpload',
      '            functions: StartFileUpload',
      '            publishers: RequestFile',
      'BREAKING  FileLost       /                   removed',
      '            hits no one in this repository',
      '3 changes, 2 breaking.',
      'A contract only ever gains optional fields. For anything else define a new event beside the old one.'
    ])
  })

  it('says where nothing changed', () => {
    expect(reportText({base: 'HEAD', verdict: 'safe', changes: []})).toBe('Contracts compared with HEAD.\nNo change.')
  })
})
