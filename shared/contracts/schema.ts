import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describeError} from '../errors'
import {isObject} from '../json'

/** A schema in the keywords that Draft 4 and OpenAPI 3.0 share. */
export interface Schema {
  readonly [keyword: string]: unknown
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: boolean | Schema
  readonly enum?: readonly unknown[]
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: Schema
}

export const sourceKeyword = 'x-amazon-events-source'
export const detailTypeKeyword = 'x-amazon-events-detail-type'
export const eventsFolder = 'src/types/events'

/** One event: the folder's name and the schema of its detail. */
export interface Contract {
  readonly event: string
  readonly schema: Schema
}

export const readSource = (schema: Schema): string => String(schema[sourceKeyword])

/** All contracts below a repository root, sorted by name. Throws if a folder has no schema or the schema is not JSON. */
export const readContracts = (root: string): Contract[] => readdirSync(join(root, eventsFolder), {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map(({name}) => ({event: name, schema: readSchema(root, name)}))
  .sort((a, b) => a.event < b.event ? -1 : 1)

const readSchema = (root: string, event: string): Schema => {
  const path = join(eventsFolder, event, 'schema.json')
  if (!existsSync(join(root, path))) {
    throw new Error(`${path}: expected a schema; every folder in ${eventsFolder} is an event.`)
  }
  return parseSchema(readFileSync(join(root, path), 'utf8'), path)
}

/** Parses a schema's text. Throws with the path if it is not a JSON object. */
export const parseSchema = (text: string, path: string): Schema => {
  try {
    const schema: unknown = JSON.parse(text)
    if (isObject(schema)) {
      return schema
    }
  } catch (cause) {
    throw new Error(`${path}: not JSON: ${describeError(cause)}`, {cause})
  }
  throw new Error(`${path}: expected a JSON object.`)
}
