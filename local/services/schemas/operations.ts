import type {Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {takePage} from '../../runtime/core/pages'
import {toDraft4} from './json-schema'
import type {Schema} from './model'
import type {SchemaRegistry} from './registry'

/** Names from the path, and the query. */
export interface Call {
  readonly registry: string
  readonly schema: string
  readonly query: URLSearchParams
}

export interface Route {
  readonly path: RegExp
  readonly answer: (registry: SchemaRegistry, call: Call) => Json
}

const bad = (message: string): never => {
  throw new ServiceError('BadRequestException', message)
}

const paged = <T>(all: readonly T[], query: URLSearchParams) => {
  const limit = Number(query.get('limit') ?? 100)
  return Number.isInteger(limit) && limit > 0 ? takePage(all, limit, query.get('nextToken') ?? undefined) : bad(`Limit must be a positive integer; got ${query.get('limit')}.`)
}

const listRegistries = (registry: SchemaRegistry, {query}: Call): Json => {
  const local = [null, 'LOCAL'].includes(query.get('scope'))
  const found = registry.registries().filter(({RegistryName}) => local && RegistryName.startsWith(query.get('registryNamePrefix') ?? ''))
  const {items, next} = paged(found, query)
  return {Registries: items.map(({RegistryName, RegistryArn}) => ({RegistryName, RegistryArn, tags: {}})), NextToken: next}
}

const listSchemas = (registry: SchemaRegistry, {registry: name, query}: Call): Json => {
  const {items, next} = paged(registry.schemas(name).filter((schema) => schema.name.startsWith(query.get('schemaNamePrefix') ?? '')), query)
  return {
    Schemas: items.map(({name: SchemaName, arn, versions}) =>
      ({SchemaName, SchemaArn: arn, LastModified: versions.at(-1)?.created, VersionCount: versions.length, tags: {}})),
    NextToken: next
  }
}

const found = (registry: SchemaRegistry, call: Call): Schema => registry.schema(call.registry, call.schema)

const describeSchema = (registry: SchemaRegistry, call: Call): Json => {
  const schema = found(registry, call)
  const {content, type, created, number} = registry.version(schema, call.query.get('schemaVersion') ?? undefined)
  return {
    SchemaName: schema.name, SchemaArn: schema.arn, SchemaVersion: number, Type: type, Content: content, Description: schema.description,
    LastModified: schema.versions.at(-1)?.created, VersionCreatedDate: created, tags: {}
  }
}

const listVersions = (registry: SchemaRegistry, call: Call): Json => {
  const schema = found(registry, call)
  const {items, next} = paged(schema.versions.map(({type}, index) => ({type, number: String(index + 1)})).reverse(), call.query)
  const {name: SchemaName, arn: SchemaArn} = schema
  return {SchemaVersions: items.map(({type, number}) => ({SchemaName, SchemaArn, SchemaVersion: number, Type: type})), NextToken: next}
}

const exportSchema = (registry: SchemaRegistry, call: Call): Json => {
  const schema = found(registry, call)
  const {content, type, number} = registry.version(schema, call.query.get('schemaVersion') ?? undefined)
  if (call.query.get('type') !== 'JSONSchemaDraft4') {
    bad(`Schemas are exported as JSONSchemaDraft4; got ${call.query.get('type')}.`)
  }
  if (type !== 'OpenApi3') {
    bad(`Only schemas of type OpenApi3 can be exported; ${schema.name} is ${type}.`)
  }
  return {SchemaName: schema.name, SchemaArn: schema.arn, SchemaVersion: number, Type: 'JSONSchemaDraft4', Content: toDraft4(content)}
}

const searchSchemas = (registry: SchemaRegistry, {registry: name, query}: Call): Json => {
  const words = (query.get('keywords') ?? bad('Keywords are required.')).toLowerCase().split(/\s+/)
  const hits = registry.schemas(name).filter((schema) => {
    const text = `${schema.name} ${schema.versions.at(-1)?.content}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const {items, next} = paged(hits, query)
  return {
    Schemas: items.map((schema) => ({
      RegistryName: schema.registry, SchemaName: schema.name, SchemaArn: schema.arn,
      SchemaVersions: schema.versions.map(({created, type}, index) => ({CreatedDate: created, SchemaVersion: String(index + 1), Type: type}))
    })),
    NextToken: next
  }
}

const REGISTRY = '/v1/registries/name/(?<registry>[^/]+)'
const SCHEMA = `${REGISTRY}/schemas/name/(?<schema>[^/]+)`

/** The read operations of the registry; what it holds comes with the wiring. */
export const routes: readonly Route[] = [
  {path: /^\/v1\/registries$/, answer: listRegistries},
  {path: new RegExp(`^${REGISTRY}$`), answer: (registry, {registry: name}) => ({...registry.registry(name), tags: {}})},
  {path: new RegExp(`^${REGISTRY}/schemas$`), answer: listSchemas},
  {path: new RegExp(`^${REGISTRY}/schemas/search$`), answer: searchSchemas},
  {path: new RegExp(`^${SCHEMA}$`), answer: describeSchema},
  {path: new RegExp(`^${SCHEMA}/versions$`), answer: listVersions},
  {path: new RegExp(`^${SCHEMA}/export$`), answer: exportSchema}
]
