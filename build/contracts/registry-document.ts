import {detailTypeKeyword, sourceKeyword, readSource, type Contract} from '../../shared/contracts/schema'

const string = {type: 'string'}
const envelope = {
  version: {type: 'string', enum: ['0']},
  id: string,
  source: string,
  account: string,
  time: {type: 'string', format: 'date-time'},
  region: string,
  resources: {type: 'array', items: string},
  'detail-type': string
}

/**
 * What the schema registry holds of a contract: an OpenApi3 document of the true envelope (its version is always "0", correction 13)
 * around the detail. The HCL module event-contracts makes the same; a test compares the two.
 */
export const registryDocument = ({event, schema}: Contract) => ({
  openapi: '3.0.0',
  info: {version: '1.0.0', title: event},
  paths: {},
  components: {
    schemas: {
      AWSEvent: {
        type: 'object',
        required: [...Object.keys(envelope), 'detail'],
        [sourceKeyword]: readSource(schema),
        [detailTypeKeyword]: event,
        properties: {...envelope, 'replay-name': string, detail: {$ref: `#/components/schemas/${event}`}}
      },
      [event]: Object.fromEntries(Object.entries(schema).filter(([keyword]) => !notOpenApi.includes(keyword)))
    }
  }
})

const notOpenApi = ['$schema', sourceKeyword, detailTypeKeyword]
