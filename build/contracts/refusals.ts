import {formats} from '../../shared/contracts/formats'
import {registryDocument} from './registry-document'
import {detailTypeKeyword, sourceKeyword, type Contract, type Schema} from '../../shared/contracts/schema'

const rootKeywords = ['$schema', 'title', sourceKeyword, detailTypeKeyword]
const keywords = new Set([
  'description', 'default', 'type', 'format', 'enum', 'properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties',
  'items', 'minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'pattern',
  'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'allOf', 'anyOf', 'oneOf', 'not'
])
const types = ['object', 'array', 'string', 'number', 'integer', 'boolean']
const registryLimit = 100_000

/** Why a contract cannot be built, one sentence each; empty if it can. */
export const refusals = (contract: Contract): string[] =>
  [...identityRefusals(contract), ...commonRefusals(contract), ...keywordRefusals(contract.schema, ''), ...sizeRefusals(contract)]

const identityRefusals = ({event, schema}: Contract): string[] => {
  const source = schema[sourceKeyword]
  return [
    ...said(!/^[A-Z][A-Za-z0-9]{0,99}$/.test(event), `the folder '${event}' is no event name: expected PascalCase letters and digits`),
    ...said(schema.title !== event, `title is '${schema.title}', expected the folder's name '${event}'`),
    ...said(schema[detailTypeKeyword] !== event, `${detailTypeKeyword} is '${String(schema[detailTypeKeyword])}', expected the folder's name '${event}'`),
    ...said(schema.$schema !== 'http://json-schema.org/draft-04/schema#', '$schema must be http://json-schema.org/draft-04/schema#'),
    ...said(typeof source === 'string' && source.toLowerCase().startsWith('aws.'),
      `${sourceKeyword} '${String(source)}' begins with 'aws.', which AWS reserves: PutEvents would answer 200 and drop the event`),
    ...said(typeof source !== 'string' || !/^[a-z][a-z0-9.-]*$/.test(source), `${sourceKeyword} must be a name such as mediadownloader.download`)
  ]
}

const commonRefusals = ({schema}: Contract): string[] => [
  ...said(schema.type !== 'object', 'type must be object: an event\'s detail is a JSON object'),
  ...['fileId', 'correlationId'].flatMap((name) => said(
    schema.properties?.[name]?.type !== 'string' || !schema.required?.includes(name),
    `${name} must be a required string property: every detail has it`
  ))
]

const keywordRefusals = (schema: Schema, path: string): string[] => [
  ...Object.keys(schema).flatMap((keyword) => said(!isAllowed(keyword, path === ''),
    `${path}/${keyword}: not a keyword that Draft 4 and OpenAPI 3.0 share${hint(keyword)}`)),
  ...said(schema.type !== undefined && !types.includes(schema.type), `${path}/type: expected one of ${types.join(', ')}`),
  ...said('format' in schema && !(String(schema.format) in formats), `${path}/format: '${String(schema.format)}' is unknown; expected one of ${Object.keys(formats).join(', ')}`),
  ...said(schema.additionalProperties === false, `${path}/additionalProperties: false would refuse the optional properties of tomorrow; readers are tolerant`),
  ...said(Array.isArray(schema.required) && schema.required.length === 0, `${path}/required: Draft 4 wants at least one name; leave it out`),
  ...(Array.isArray(schema.required) ? schema.required as readonly string[] : []).flatMap((name) =>
    said(schema.properties?.[name] === undefined, `${path}/required: '${name}' is not among the properties`)),
  ...['exclusiveMinimum', 'exclusiveMaximum'].flatMap((keyword) =>
    said(keyword in schema && typeof schema[keyword] !== 'boolean', `${path}/${keyword}: a boolean beside the bound in Draft 4 and OpenAPI 3.0`)),
  ...children(schema).flatMap(([name, child]) => keywordRefusals(child, `${path}/${name}`))
]

const isAllowed = (keyword: string, atRoot: boolean) => keywords.has(keyword) || (atRoot && rootKeywords.includes(keyword))

const hint = (keyword: string) => ({
  const: '; use an enum of one value', examples: '; put them into examples/*.json', title: ' below the root; use description', $ref: '; write the schema out'
} as Record<string, string>)[keyword] ?? ''

/** The schemas directly inside a schema, with the path of each. */
export const children = (schema: Schema): Array<[string, Schema]> => [
  ...Object.entries(schema.properties ?? {}).map(([name, child]): [string, Schema] => [`properties/${name}`, child]),
  ...(['items', 'additionalProperties', 'not'] as const).flatMap((keyword): Array<[string, Schema]> =>
    isSchema(schema[keyword]) ? [[keyword, schema[keyword]]] : []),
  ...(['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) =>
    (schema[keyword] ?? []).map((child, index): [string, Schema] => [`${keyword}/${index}`, child]))
]

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

const sizeRefusals = (contract: Contract): string[] => {
  const {length} = JSON.stringify(registryDocument(contract))
  return said(length > registryLimit, `the registry document has ${length} characters; the registry takes ${registryLimit}`)
}

const said = (condition: boolean, sentence: string): string[] => condition ? [sentence] : []
