import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {unspokenIn} from '../asl/unspoken'

const machine = (state: object) => JSON.stringify({StartAt: 'S', States: {S: {...state, End: true}}})
const inner = {StartAt: 'I/1', States: {'I/1': {Type: 'Pass', Assign: {x: 1}, End: true}}}

describe('What is not spoken of a definition', () => {
  it.each([
    ['a language of the machine', JSON.stringify({QueryLanguage: 'JSONata', StartAt: 'S', States: {}}), '/QueryLanguage'],
    ['a language of a state', machine({Type: 'Pass', QueryLanguage: 'JSONata'}), '/States/S/QueryLanguage'],
    ['variables', machine({Type: 'Pass', Assign: {x: 1}}), '/States/S/Assign'],
    ['variables of a rule', machine({Type: 'Choice', Choices: [{Variable: '$.a', IsNull: true, Next: 'S', Assign: {x: 1}}]}), '/States/S/Choices/0/Assign'],
    ['variables of a catcher', machine({Type: 'Task', Catch: [{ErrorEquals: ['States.ALL'], Next: 'S'}, {ErrorEquals: ['X'], Next: 'S', Assign: {x: 1}}]}), '/States/S/Catch/1/Assign'],
    ['batches', machine({Type: 'Map', ItemBatcher: {MaxItemsPerBatch: 2}}), '/States/S/ItemBatcher'],
    ['items in S3', machine({Type: 'Map', ItemReader: {}}), '/States/S/ItemReader'],
    ['results in S3', machine({Type: 'Map', ResultWriter: {}}), '/States/S/ResultWriter'],
    ['a distributed Map', machine({Type: 'Map', ItemProcessor: {ProcessorConfig: {Mode: 'DISTRIBUTED'}}}), '/States/S/ItemProcessor/ProcessorConfig/Mode'],
    ['what is inside of a Map', machine({Type: 'Map', ItemProcessor: inner}), '/States/S/ItemProcessor/States/I~11/Assign'],
    ['what is inside of an old Map', machine({Type: 'Map', Iterator: inner}), '/States/S/Iterator/States/I~11/Assign'],
    ['what is inside of a branch', machine({Type: 'Parallel', Branches: [inner]}), '/States/S/Branches/0/States/I~11/Assign'],
    ['a role of another account', machine({Type: 'Task', Credentials: {RoleArn: 'arn'}}), '/States/S/Credentials']
  ])('has its place: %s', (_, definition, location) => {
    expect(unspokenIn(definition).map((each) => each.location)).toEqual([location])
  })

  it('is nothing of the deployed workflow', () => {
    expect(unspokenIn(readFileSync('terraform/workflows/FileDownloadWorkflow.asl.json', 'utf8'))).toEqual([])
  })

  it('is nothing of an inline Map that says so', () => {
    expect(unspokenIn(machine({Type: 'Map', QueryLanguage: 'JSONPath', ItemProcessor: {ProcessorConfig: {Mode: 'INLINE'}, StartAt: 'A', States: {A: {Type: 'Pass', End: true}}}}))).toEqual([])
  })
})
