import {asObject, isObject, type Json, trustedJson} from '../../../shared/json'

/** OpenAPI 3.0 says `nullable`, Draft 4 says it by the type; references move with what they refer to. */
const converted = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(converted)
  }
  if (!isObject(value)) {
    return value
  }
  const {nullable, ...rest} = value
  const members = Object.fromEntries(Object.entries(rest).map(([name, member]) =>
    [name, name === '$ref' && typeof member === 'string' ? member.replace('#/components/schemas/', '#/definitions/') : converted(member)]))
  return nullable === true && typeof members['type'] === 'string' ? {...members, type: [members['type'], 'null']} : members
}

/** An OpenAPI 3 document of an event as JSON Schema Draft 4: the envelope at the root, all else among the definitions. */
export const toDraft4 = (openApi: string): string => {
  const document = trustedJson<{components?: {schemas?: Record<string, Json>}}>(openApi)
  const schemas = document.components?.schemas ?? {}
  const root = Object.hasOwn(schemas, 'AWSEvent') ? 'AWSEvent' : Object.keys(schemas)[0] ?? ''
  const definitions = Object.fromEntries(Object.entries(schemas).filter(([name]) => name !== root).map(([name, schema]) => [name, converted(schema)]))
  return JSON.stringify({$schema: 'http://json-schema.org/draft-04/schema#', title: root, definitions, ...asObject(converted(schemas[root]))})
}
