import {afterEach, describe, expect, it} from '@jest/globals'
import {DatabaseSync} from 'node:sqlite'
import {type Asked, serve} from '../../events/test/ask'
import {manualClock} from '../../events/test/manual-clock'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {createSchemas} from '../service'

const ARN = 'arn:aws:schemas:us-west-2:123456789012'

const document = (properties: object) => JSON.stringify({
  openapi: '3.0.0',
  info: {title: 'Ordered', version: '1'},
  paths: {},
  components: {schemas: {
    AWSEvent: {type: 'object', required: ['detail'], properties: {detail: {$ref: '#/components/schemas/Ordered'}}, 'x-amazon-events-source': 'shop'},
    Ordered: {type: 'object', properties}
  }}
})

const wiring = (schemas: Readonly<Record<string, string>>) => parseWiring({values: {root_module: {resources: [
  {address: 'r', type: 'aws_schemas_registry', name: 'this', values: {name: 'Registry', arn: `${ARN}:registry/Registry`, description: 'All of them.'}},
  ...Object.entries(schemas).map(([name, content]) => ({address: name, type: 'aws_schemas_schema', name: 'this', values: {
    name, registry_name: 'Registry', type: 'OpenApi3', content, arn: `${ARN}:schema/Registry/${name}`, description: `The event ${name}.`
  }}))
]}}})

const open: Asked[] = []
afterEach(async () => { await Promise.all(open.splice(0).map((asked) => asked.close())) })

const serving = async (schemas: Readonly<Record<string, string>>, db = new DatabaseSync(':memory:'), clock = manualClock()) => {
  const asked = await serve(createSchemas({db, clock, wiring: wiring(schemas)}))
  open.push(asked)
  return async (path: string, method = 'GET') => {
    const response = await fetch(`${asked.address}/v1/registries${path}`, {method})
    return {status: response.status, body: await response.json()}
  }
}

const schema = {SchemaName: 'Ordered', SchemaArn: `${ARN}:schema/Registry/Ordered`}

describe('the schema registry', () => {
  it('lists and describes what the wiring has', async () => {
    const get = await serving({Ordered: document({a: {type: 'string'}}), Paid: document({})})
    expect(await get('')).toEqual({status: 200, body: {Registries: [{RegistryName: 'Registry', RegistryArn: `${ARN}:registry/Registry`, tags: {}}]}})
    expect((await get('?scope=AWS')).body).toEqual({Registries: []})
    expect((await get('/name/Registry')).body).toEqual({RegistryName: 'Registry', RegistryArn: `${ARN}:registry/Registry`, Description: 'All of them.', tags: {}})
    const listed = {LastModified: '2026-11-24T12:00:00.000Z', VersionCount: 1, tags: {}}
    expect((await get('/name/Registry/schemas?schemaNamePrefix=Or')).body).toEqual({Schemas: [{...schema, ...listed}]})
    expect((await get('/name/Registry/schemas/name/Ordered')).body).toEqual({
      ...schema, SchemaVersion: '1', Type: 'OpenApi3', Content: document({a: {type: 'string'}}), Description: 'The event Ordered.',
      LastModified: '2026-11-24T12:00:00.000Z', VersionCreatedDate: '2026-11-24T12:00:00.000Z', tags: {}
    })
  })

  it('pages by token', async () => {
    const get = await serving({A: document({}), B: document({}), C: document({})})
    const first = (await get('/name/Registry/schemas?limit=2')).body as {Schemas: Array<{SchemaName: string}>, NextToken: string}
    const second = (await get(`/name/Registry/schemas?limit=2&nextToken=${first.NextToken}`)).body as {Schemas: Array<{SchemaName: string}>}
    expect([...first.Schemas, ...second.Schemas].map(({SchemaName}) => SchemaName)).toEqual(['A', 'B', 'C'])
  })

  it('keeps every version, makes one only where the content changed, and drops what the wiring drops', async () => {
    const db = new DatabaseSync(':memory:')
    const clock = manualClock()
    await serving({Ordered: document({a: {}}), Gone: document({})}, db, clock)
    await clock.advance(60_000)
    await serving({Ordered: document({a: {}}), Gone: document({})}, db, clock)
    const get = await serving({Ordered: document({a: {}, b: {}})}, db, clock)
    expect((await get('/name/Registry/schemas')).body).toEqual({Schemas: [{...schema, LastModified: '2026-11-24T12:01:00.000Z', VersionCount: 2, tags: {}}]})
    expect((await get('/name/Registry/schemas/name/Ordered/versions')).body).toEqual({SchemaVersions: [
      {...schema, SchemaVersion: '2', Type: 'OpenApi3'}, {...schema, SchemaVersion: '1', Type: 'OpenApi3'}
    ]})
    expect((await get('/name/Registry/schemas/name/Ordered?schemaVersion=1')).body).toEqual(expect.objectContaining({
      SchemaVersion: '1', Content: document({a: {}}), VersionCreatedDate: '2026-11-24T12:00:00.000Z', LastModified: '2026-11-24T12:01:00.000Z'
    }))
  })

  it('exports JSON Schema Draft 4: references moved, nullable said by the type', async () => {
    const get = await serving({Ordered: document({a: {type: 'string', nullable: true}})})
    const {body} = await get('/name/Registry/schemas/name/Ordered/export?type=JSONSchemaDraft4')
    expect({...body as object, Content: JSON.parse((body as {Content: string}).Content)}).toEqual({
      ...schema, SchemaVersion: '1', Type: 'JSONSchemaDraft4', Content: {
        $schema: 'http://json-schema.org/draft-04/schema#', title: 'AWSEvent', type: 'object', required: ['detail'],
        properties: {detail: {$ref: '#/definitions/Ordered'}}, 'x-amazon-events-source': 'shop',
        definitions: {Ordered: {type: 'object', properties: {a: {type: ['string', 'null']}}}}
      }
    })
  })

  it('finds schemas by words of their name and content', async () => {
    const get = await serving({Ordered: document({colour: {}}), Paid: document({})})
    expect((await get('/name/Registry/schemas/search?keywords=COLOUR')).body).toEqual({Schemas: [{
      RegistryName: 'Registry', ...schema, SchemaVersions: [{CreatedDate: '2026-11-24T12:00:00.000Z', SchemaVersion: '1', Type: 'OpenApi3'}]
    }]})
  })

  it.each([
    ['/name/None', 404, 'NotFoundException', 'Registry with name None does not exist.'],
    ['/name/Registry/schemas/name/None', 404, 'NotFoundException', 'Schema with name None does not exist.'],
    ['/name/Registry/schemas/name/Ordered?schemaVersion=9', 404, 'NotFoundException', 'Schema version 9 of Ordered does not exist.'],
    ['/name/Registry/schemas/name/Ordered/export?type=Avro', 400, 'BadRequestException', 'Schemas are exported as JSONSchemaDraft4; got Avro.'],
    ['/name/Registry/schemas?limit=-1', 400, 'BadRequestException', 'Limit must be a positive integer; got -1.'],
    ['/nothing', 400, 'BadRequestException', expect.stringContaining('does not speak GET /v1/registries/nothing')]
  ])('answers %s with %d %s', async (path, status, Code, Message) => {
    const get = await serving({Ordered: document({})})
    expect(await get(path)).toEqual({status, body: {Code, Message}})
  })
})
