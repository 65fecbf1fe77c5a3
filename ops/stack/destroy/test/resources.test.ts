import {describe, expect, it} from '@jest/globals'
import {readHoldings} from '../resources'

describe('What a state holds', () => {
  it('is found in the root and in modules, data sources apart', () => {
    const holdings = readHoldings({values: {root_module: {
      resources: [
        {type: 'aws_dynamodb_table', values: {name: 'MediaDownloader-Dev'}}, {type: 'aws_s3_bucket', values: {bucket: 'media'}},
        {mode: 'data', type: 'aws_s3_bucket', values: {bucket: 'another'}}
      ],
      child_modules: [{resources: [
        {type: 'aws_cloudwatch_event_archive', values: {name: 'Archive'}}, {type: 'aws_sfn_state_machine', values: {arn: 'arn:machine'}},
        {type: 'aws_cloudwatch_event_rule', values: {name: 'Trigger', event_bus_name: 'Bus'}}
      ]}]
    }}})
    expect(holdings).toEqual({
      count: 5, tables: ['MediaDownloader-Dev'], buckets: ['media'], archives: ['Archive'], applications: [], queues: [],
      stateMachines: ['arn:machine'], rules: [{name: 'Trigger', bus: 'Bus'}]
    })
  })

  it('is nothing in an empty state', () => {
    expect(readHoldings({}).count).toBe(0)
  })
})
