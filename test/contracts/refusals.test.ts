import {describe, expect, it} from '@jest/globals'
import {refusals} from '../../build/contracts/refusals'
import type {Schema} from '../../shared/contracts/schema'

const good: Schema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'FileSampled',
  'x-amazon-events-source': 'mediadownloader.sample',
  'x-amazon-events-detail-type': 'FileSampled',
  type: 'object',
  required: ['fileId', 'correlationId'],
  properties: {fileId: {type: 'string'}, correlationId: {type: 'string'}}
}
const withProperty = (schema: Schema): Schema => ({...good, properties: {...good.properties, sample: schema}})
const reserved = 'x-amazon-events-source \'aws.sample\' begins with \'aws.\', which AWS reserves: PutEvents would answer 200 and drop the event'
const notShared = 'not a keyword that Draft 4 and OpenAPI 3.0 share'

describe('a contract', () => {
  it('is taken where it says all that it must', () => {
    expect(refusals({event: 'FileSampled', schema: good})).toEqual([])
  })

  it.each<[string, Schema, string[]]>([
    ['a reserved source', {...good, 'x-amazon-events-source': 'aws.sample'}, [reserved]],
    ['a source that is no name', {...good, 'x-amazon-events-source': 'Media Downloader'}, ['x-amazon-events-source must be a name such as mediadownloader.download']],
    ['another title', {...good, title: 'FileMeasured'}, ['title is \'FileMeasured\', expected the folder\'s name \'FileSampled\'']],
    ['another detail-type', {...good, 'x-amazon-events-detail-type': 'FileMeasured'}, ['x-amazon-events-detail-type is \'FileMeasured\', expected the folder\'s name \'FileSampled\'']],
    ['another draft', {...good, $schema: 'https://json-schema.org/draft/2020-12/schema'}, ['$schema must be http://json-schema.org/draft-04/schema#']],
    ['another type', {...good, type: 'array'}, ['type must be object: an event\'s detail is a JSON object']],
    ['no correlationId', {...good, required: ['fileId'], properties: {fileId: {type: 'string'}}}, ['correlationId must be a required string property: every detail has it']],
    ['an optional fileId', {...good, required: ['correlationId']}, ['fileId must be a required string property: every detail has it']],
    ['a number as fileId', {...good, properties: {...good.properties, fileId: {type: 'integer'}}}, ['fileId must be a required string property: every detail has it']],
    ['a required name without property', {...good, required: ['fileId', 'correlationId', 'size']}, ['/required: \'size\' is not among the properties']],
    ['a closed detail', {...good, additionalProperties: false}, ['/additionalProperties: false would refuse the optional properties of tomorrow; readers are tolerant']],
    ['definitions', {...good, definitions: {}}, [`/definitions: ${notShared}`]],
    ['a reference', withProperty({$ref: '#/definitions/size'}), [`/properties/sample/$ref: ${notShared}; write the schema out`]],
    ['a constant', withProperty({const: 'one'}), [`/properties/sample/const: ${notShared}; use an enum of one value`]],
    ['OpenAPI\'s nullable', withProperty({type: 'string', nullable: true}), [`/properties/sample/nullable: ${notShared}`]],
    ['patternProperties', withProperty({type: 'object', patternProperties: {}}), [`/properties/sample/patternProperties: ${notShared}`]],
    ['several types', withProperty({type: ['string', 'null']} as unknown as Schema), ['/properties/sample/type: expected one of object, array, string, number, integer, boolean']],
    ['an unknown format', withProperty({type: 'string', format: 'duration'}), ['/properties/sample/format: \'duration\' is unknown; expected one of date, date-time, email, uri, uuid']],
    ['an exclusive bound of a later draft', withProperty({type: 'number', exclusiveMinimum: 0}), ['/properties/sample/exclusiveMinimum: a boolean beside the bound in Draft 4 and OpenAPI 3.0']],
    ['an empty required', withProperty({type: 'object', required: []}), ['/properties/sample/required: Draft 4 wants at least one name; leave it out']],
    ['a fault deep inside', withProperty({type: 'array', items: {anyOf: [{type: 'string'}, {if: {}}]}}), [`/properties/sample/items/anyOf/1/if: ${notShared}`]]
  ])('is refused with %s', (_what, schema, reasons) => {
    expect(refusals({event: 'FileSampled', schema})).toEqual(reasons)
  })

  it('is refused in a folder of another name', () => {
    expect(refusals({event: 'file_sampled', schema: good})).toEqual([
      'the folder \'file_sampled\' is no event name: expected PascalCase letters and digits',
      'title is \'FileSampled\', expected the folder\'s name \'file_sampled\'',
      'x-amazon-events-detail-type is \'FileSampled\', expected the folder\'s name \'file_sampled\''
    ])
  })

  it('is refused over the registry\'s 100,000 characters', () => {
    const [reason, ...others] = refusals({event: 'FileSampled', schema: withProperty({type: 'string', description: 'x'.repeat(100_000)})})
    expect(reason).toMatch(/^the registry document has 1\d{5} characters; the registry takes 100000$/)
    expect(others).toEqual([])
  })
})
