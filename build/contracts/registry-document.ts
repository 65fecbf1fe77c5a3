import {detailTypeKeyword, sourceKeyword, sourceOf, type Contract} from './schema'

const envelope = {
  version: {type: 'string', enum: ['0']},
  id: {type: 'string', format: 'uuid'},
  'detail-type': {type: 'string'},
  source: {type: 'string'},
  account: {type: 'string'},
  time: {type: 'string', format: 'date-time'},
  region: {type: 'string'},
  resources: {type: 'array', items: {type: 'string'}}
}

/**
 * What the schema registry holds of a contract: an OpenApi3 document of the true envelope (its version is always "0", correction 13)
 * around the detail, in the shape that schema discovery and code bindings use.
 */
export const registryDocument = ({event, schema}: Contract) => {
  const {$schema: _, ...detail} = schema
  return {
    openapi: '3.0.0',
    info: {version: '1.0.0', title: event},
    paths: {},
    components: {
      schemas: {
        AWSEvent: {
          type: 'object',
          required: [...Object.keys(envelope), 'detail'],
          [sourceKeyword]: sourceOf(schema),
          [detailTypeKeyword]: event,
          properties: {
            ...envelope,
            'detail-type': {type: 'string', enum: [event]},
            source: {type: 'string', enum: [sourceOf(schema)]},
            detail: {$ref: `#/components/schemas/${event}`}
          }
        },
        [event]: detail
      }
    }
  }
}
