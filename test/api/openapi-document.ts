import {readFileSync} from 'node:fs'
import {Ajv, type ErrorObject} from 'ajv'
import formats from 'ajv-formats'
import {parse} from 'yaml'

interface Media {
  readonly schema: object
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, {readonly value: unknown}>>
}

interface Response {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, Media>>
}

export interface Operation {
  readonly operationId: string
  readonly 'x-function': string
  readonly requestBody?: {readonly content: Readonly<Record<string, Media>>}
  readonly responses: Readonly<Record<string, Response>>
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {readonly responses: Readonly<Record<string, Response>>}
}

export const file = new URL('../../docs/api/openapi.yaml', import.meta.url)
const document = parse(readFileSync(file, 'utf8')) as Document

// OpenAPI 3.0 schemas are JSON Schema but for `nullable`, which Ajv knows, and annotations, which it may ignore.
const ajv = new Ajv({strict: false, allErrors: true})
formats.default(ajv)
ajv.addSchema(document, 'api')

const pointer = (...steps: string[]): string => `api#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

const problems = (reference: string, value: unknown): readonly ErrorObject[] => {
  const validate = ajv.getSchema(reference) ?? ajv.compile({$ref: reference})
  return validate(value) ? [] : validate.errors ?? []
}

/** Every operation by its route key, such as `GET /files/{fileId}`. */
export const operations: Readonly<Record<string, Operation>> = Object.fromEntries(Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).filter(([method]) => method !== 'parameters').map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation])))

const responseAt = (routeKey: string, status: string): {steps: string[], response: Response | undefined} => {
  const [method = '', path = ''] = routeKey.split(' ')
  const response = operations[routeKey]?.responses[status]
  const shared = response?.$ref?.split('/').at(-1)
  return shared === undefined
    ? {steps: ['paths', path, method.toLowerCase(), 'responses', status], response}
    : {steps: ['components', 'responses', shared], response: document.components.responses[shared]}
}

/** What is wrong with an answer's body by the document; an undocumented status is wrong. */
export const answerProblems = (routeKey: string, status: number, body: unknown): readonly unknown[] => {
  const {steps, response} = responseAt(routeKey, String(status))
  if (response === undefined) {
    return [`${routeKey} documents no ${status}`]
  }
  if (response.content === undefined) {
    return body === undefined ? [] : [`${routeKey} documents no body for ${status}`]
  }
  return problems(pointer(...steps, 'content', 'application/json', 'schema'), body)
}

const valuesOf = ({example, examples = {}}: Partial<Media> = {}): unknown[] =>
  [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({value}) => value)]

type Checked = readonly [place: string, problems: readonly unknown[]]

const requestExamples = (routeKey: string, {requestBody}: Operation): Checked[] => {
  const [method = '', path = ''] = routeKey.split(' ')
  const schema = pointer('paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema')
  return valuesOf(requestBody?.content['application/json']).map((value) => [`${routeKey} request`, problems(schema, value)])
}

const answerExamples = (routeKey: string, {responses}: Operation): Checked[] => Object.keys(responses).flatMap((status) =>
  valuesOf(responseAt(routeKey, status).response?.content?.['application/json'])
    .map((value): Checked => [`${routeKey} ${status}`, answerProblems(routeKey, Number(status), value)]))

/** Every example in the document, and what is wrong with it. */
export const exampleProblems = (): readonly Checked[] => Object.entries(operations).flatMap(([routeKey, operation]) =>
  [...requestExamples(routeKey, operation), ...answerExamples(routeKey, operation)])
