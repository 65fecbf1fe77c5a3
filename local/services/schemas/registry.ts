import {isoTime} from '../../runtime/core/clock'
import {openDocuments} from '../../runtime/core/documents'
import {ServiceError} from '../../runtime/core/errors'
import {transaction} from '../../runtime/core/store'
import {text} from '../../../shared/wiring/values'
import type {SchemasDeps} from './deps'
import type {Registry, Schema, SchemaVersion} from './model'

export interface SchemaRegistry {
  registries: () => readonly Registry[]
  /** Throws NotFoundException. */
  registry: (name: string) => Registry
  schemas: (registry: string) => Schema[]
  /** Throws NotFoundException. */
  schema: (registry: string, name: string) => Schema
  /** The latest version if none is named. Throws NotFoundException. */
  version: (schema: Schema, version?: string) => SchemaVersion & {readonly number: string}
}

const missing = (message: string): never => {
  throw new ServiceError('NotFoundException', message, 404)
}

const wiredRegistries = ({wiring}: SchemasDeps): Map<string, Registry> => new Map(wiring.ofType('aws_schemas_registry').map(({values}) => [
  text(values, 'name'),
  {RegistryName: text(values, 'name'), RegistryArn: text(values, 'arn'), Description: text(values, 'description') || undefined}
]))

const key = (registry: string, name: string): string => `${registry}/${name}`

/** What a deploy would leave: a new version if content or type changed, the old ones kept. */
const deployed = (deps: SchemasDeps, known: (key: string) => Schema | undefined): Schema[] => deps.wiring.ofType('aws_schemas_schema').map(({values}) => {
  const registry = text(values, 'registry_name')
  const name = text(values, 'name')
  const version: SchemaVersion = {content: text(values, 'content'), type: text(values, 'type') || 'OpenApi3', created: isoTime(deps.clock)}
  const versions = known(key(registry, name))?.versions ?? []
  const last = versions.at(-1)
  const same = last?.content === version.content && last.type === version.type
  return {
    name, registry, arn: text(values, 'arn'), description: text(values, 'description') || undefined,
    versions: same ? versions : [...versions, version], wired: true
  }
})

/** Registries and schemas of the wiring, every version of them in the store. */
export const createSchemaRegistry = (deps: SchemasDeps): SchemaRegistry => {
  const registries = openDocuments<Registry>(deps.db, 'schemas_registries')
  const schemas = openDocuments<Schema>(deps.db, 'schemas_schemas')
  transaction(deps.db, () => {
    registries.deploy(wiredRegistries(deps))
    const wanted = new Map(deployed(deps, schemas.get).map((schema) => [key(schema.registry, schema.name), schema]))
    const gone = schemas.all().filter(({registry, name, wired}) => wired && !wanted.has(key(registry, name)))
    gone.forEach(({registry, name}) => schemas.delete(key(registry, name)))
    wanted.forEach((schema, at) => schemas.put(at, schema))
  })
  const registry = (name: string): Registry => registries.get(name) ?? missing(`Registry with name ${name} does not exist.`)
  return {
    registries: () => registries.all(),
    registry,
    schemas: (name) => schemas.all().filter((schema) => schema.registry === registry(name).RegistryName),
    schema: (registryName, name) => schemas.get(key(registry(registryName).RegistryName, name)) ?? missing(`Schema with name ${name} does not exist.`),
    version: ({name, versions}, version = String(versions.length)) => {
      const found = versions[Number(version) - 1]
      return found === undefined ? missing(`Schema version ${version} of ${name} does not exist.`) : {...found, number: version}
    }
  }
}
