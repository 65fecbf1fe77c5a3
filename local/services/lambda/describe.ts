import {createHash} from 'node:crypto'
import {readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {ServiceError} from '../../runtime/core/errors'
import {takePage} from '../../runtime/core/pages'
import type {WiredFunction} from '../../../shared/wiring/functions'
import {block, text, texts} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import {functionFinder} from './functions'
import {percentDecoded} from '../../../shared/percent'

/** A body that is sent as JSON. */
type Body = Readonly<Record<string, unknown>>

/** What the reading part of Lambda's API needs. */
export interface DescribeDeps {
  readonly wiring: Wiring
  readonly functions: readonly WiredFunction[]
  /** Folder with the functions' bundles. */
  readonly bundles: string
}

const maxItems = 50

/** Size, digest and time of what runs here: the bundle, which AWS gets as a zip. */
const codeOf = (bundles: string, bundle: string): Body => {
  const path = join(bundles, bundle, 'index.mjs')
  const {size, mtime} = statSync(path)
  return {
    CodeSize: size, CodeSha256: createHash('sha256').update(readFileSync(path)).digest('base64'),
    LastModified: mtime.toISOString().replace('Z', '+0000')
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
const configuration = ({wiring, bundles}: DescribeDeps, wired: WiredFunction): Body => {
  const {values} = wiring.ofType('aws_lambda_function').find((resource) => text(resource.values, 'arn') === wired.arn)!
  return {
    FunctionName: wired.name, FunctionArn: wired.arn, Runtime: wired.runtime, Role: text(values, 'role'), Handler: wired.handler,
    ...codeOf(bundles, wired.bundle),
    Description: text(values, 'description'), Timeout: wired.timeoutSeconds, MemorySize: wired.memoryMegabytes, Version: '$LATEST',
    Environment: {Variables: wired.environment}, TracingConfig: {Mode: text(block(values, 'tracing_config'), 'mode') || 'PassThrough'},
    State: 'Active', LastUpdateStatus: 'Successful', PackageType: 'Zip', Architectures: texts(values, 'architectures'),
    EphemeralStorage: {Size: block(values, 'ephemeral_storage')['size'] ?? 512}
  }
}

/** The statements that aws_lambda_permission adds. Throws ResourceNotFoundException if there is none. */
const policy = ({wiring}: DescribeDeps, {name, arn}: WiredFunction): Body => {
  const permissions = wiring.ofType('aws_lambda_permission').filter(({values}) => text(values, 'function_name').split(':').at(-1) === name)
  if (permissions.length === 0) {
    throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.', 404)
  }
  const statements = permissions.map(({address, values}) => ({
    Sid: text(values, 'statement_id') || address.replace(/\W+/g, '-'), Effect: 'Allow', Principal: {Service: text(values, 'principal')},
    Action: text(values, 'action'), Resource: arn,
    ...(text(values, 'source_arn') !== '' && {Condition: {ArnLike: {'AWS:SourceArn': text(values, 'source_arn')}}})
  }))
  return {
    Policy: JSON.stringify({Version: '2012-10-17', Id: 'default', Statement: statements}),
    RevisionId: createHash('sha256').update(JSON.stringify(statements)).digest('hex').slice(0, 32)
  }
}

const eventSources = ({wiring}: DescribeDeps, query: URLSearchParams): Body => ({
  EventSourceMappings: wiring.ofType('aws_lambda_event_source_mapping').map(({address, values}) => ({
    UUID: createHash('sha256').update(address).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    BatchSize: values['batch_size'], MaximumBatchingWindowInSeconds: values['maximum_batching_window_in_seconds'],
    EventSourceArn: text(values, 'event_source_arn'), FunctionArn: text(values, 'function_name'),
    State: values['enabled'] === false ? 'Disabled' : 'Enabled', FunctionResponseTypes: texts(values, 'function_response_types')
  })).filter(({EventSourceArn, FunctionArn}) => EventSourceArn === (query.get('EventSourceArn') ?? EventSourceArn)
    && FunctionArn.split(':').at(-1) === (query.get('FunctionName')?.split(':').at(-1) ?? FunctionArn.split(':').at(-1)))
})

const list = (deps: DescribeDeps, query: URLSearchParams): Body => {
  const {items, next} = takePage(deps.functions, Number(query.get('MaxItems') ?? maxItems), query.get('Marker') ?? undefined)
  return {Functions: items.map((wired) => configuration(deps, wired)), ...(next !== undefined && {NextMarker: next})}
}

type Describe = (deps: DescribeDeps, wired: WiredFunction) => Body

const ofFunction: Readonly<Record<string, Describe>> = {
  '': (deps, wired) => ({
    Configuration: configuration(deps, wired), Code: {RepositoryType: 'S3', Location: ''}, Tags: {},
    ...(wired.reservedConcurrency !== undefined && {Concurrency: {ReservedConcurrentExecutions: wired.reservedConcurrency}})
  }),
  configuration,
  policy,
  versions: (deps, wired) => ({Versions: [configuration(deps, wired)]}),
  concurrency: (_, {reservedConcurrency}) => reservedConcurrency === undefined ? {} : {ReservedConcurrentExecutions: reservedConcurrency},
  'event-invoke-config': (_, {arn, asynchronous}) => ({
    FunctionArn: `${arn}:$LATEST`, MaximumRetryAttempts: asynchronous.maximumRetryAttempts,
    MaximumEventAgeInSeconds: asynchronous.maximumEventAgeSeconds,
    DestinationConfig: {OnSuccess: {}, OnFailure: {...(asynchronous.onFailureArn !== undefined && {Destination: asynchronous.onFailureArn})}}
  })
}

/** The operation of a path: the function's name and what of it is asked for. */
const path = /^\/20\d\d-\d\d-\d\d\/functions\/([^/]+)(?:\/([\w-]+))?\/?$/

/** What a GET asks to know about the wired functions; undefined if it is no such request. Throws ResourceNotFoundException. */
export const describeFunctions = (deps: DescribeDeps, {pathname, searchParams}: URL): Body | undefined => {
  if (/^\/2015-03-31\/functions\/?$/.test(pathname)) {
    return list(deps, searchParams)
  }
  if (/^\/2015-03-31\/event-source-mappings\/?$/.test(pathname)) {
    return eventSources(deps, searchParams)
  }
  const find = functionFinder(deps.functions)
  const [, tagged] = /^\/2017-03-31\/tags\/(.+)$/.exec(pathname) ?? []
  if (tagged !== undefined) {
    find(percentDecoded(tagged))
    return {Tags: {}}
  }
  const [, name, part = ''] = path.exec(pathname) ?? []
  return name === undefined || !Object.hasOwn(ofFunction, part) ? undefined : ofFunction[part]!(deps, find(percentDecoded(name)))
}
