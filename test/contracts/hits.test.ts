import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {findHits} from '../../build/contracts/hits'

let root = ''
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  writeFileSync(join(root, path), text)
}
const publishing = (DetailType: string) => ({Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Parameters: {Entries: [{DetailType}]}})

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hits-'))
  write('terraform/event_FileSampled.tf', [
    'module "SampleThings" {\n  event_pattern = module.EventContracts.events["FileSampled"].pattern\n}',
    'module "FileMeasured" {\n  event_pattern = module.EventContracts.events["FileMeasured"].pattern\n}\n'
  ].join('\n\n'))
  write('terraform/workflows/Sampling.asl.json', JSON.stringify({States: {
    Work: {Type: 'Map', ItemProcessor: {States: {PublishInside: publishing('FileSampled')}}},
    Fork: {Type: 'Parallel', Branches: [{States: {PublishOther: publishing('FileMeasured'), PublishBranch: publishing('FileSampled')}}]},
    Publish: publishing('FileSampled')
  }}))
  write('src/lambdas/Reader/src/index.ts', 'const {detail} = parseEvent(\'FileSampled\', event)')
  write('src/lambdas/ReaderOfTwo/src/read.ts', 'parseEvent(\n  [\'FileMeasured\', \'FileSampled\'], event)')
  write('src/lambdas/ReaderOfAnother/src/index.ts', 'parseEvent(\'FileSampledTwice\', event)')
  write('src/lambdas/Writer/src/index.ts', 'await publishFileSampled({fileId})')
  write('src/lambdas/BatchWriter/src/index.ts', 'publishEvents(files.map((detail) => ({detailType: \'FileSampled\', detail})))')
  write('src/lambdas/Tested/test/index.test.ts', 'parseEvent(\'FileSampled\', event)')
})
afterEach(() => rmSync(root, {recursive: true}))

describe('findHits', () => {
  it('finds rules, readers, states and publishers of an event', () => {
    expect(findHits(root, 'FileSampled')).toEqual({
      rules: ['SampleThings'],
      functions: ['Reader', 'ReaderOfTwo'],
      states: ['Sampling.PublishInside', 'Sampling.PublishBranch', 'Sampling.Publish'],
      publishers: ['BatchWriter', 'Writer']
    })
  })

  it('names rules with their targets where the wiring is there', () => {
    const rule = (name: string, pattern: object) => ({type: 'aws_cloudwatch_event_rule', values: {name, event_pattern: JSON.stringify(pattern)}})
    const target = (rule: string, arn: string) => ({type: 'aws_cloudwatch_event_target', values: {rule, arn}})
    write('local/wiring.json', JSON.stringify({values: {root_module: {
      resources: [{type: 'aws_cloudwatch_event_rule', values: {name: 'Every4Minutes', event_pattern: null}}],
      child_modules: [{resources: [
        rule('SampleThings', {'detail-type': ['FileSampled']}),
        rule('AllSamples', {'detail-type': [{prefix: 'FileSam'}]}),
        rule('AllButSamples', {'detail-type': [{'anything-but': 'FileSampled'}]}),
        rule('Forward', {'replay-name': [{exists: true}]}),
        target('SampleThings', 'arn:aws:lambda:us-west-2:123456789012:function:Reader'),
        target('Forward', 'arn:aws:events:us-west-2:123456789012:event-bus/Dev')
      ]}]
    }}}))
    expect(findHits(root, 'FileSampled').rules).toEqual(['SampleThings → Reader', 'AllSamples'])
  })

  it('finds no one for an event that no one uses', () => {
    expect(findHits(root, 'FileLost')).toEqual({rules: [], functions: [], states: [], publishers: []})
  })
})
