import type {IncomingMessage, ServerResponse} from 'node:http'
import {asList, asObject, isObject, type Json} from '../../../shared/json'
import {asServiceError} from '../../runtime/core/answer'
import {requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'
import type {Operations} from '../../runtime/core/json-protocol'
import {answerQuery, type QueryInput, type QueryOutput} from '../../runtime/core/query-protocol'
import type {XmlValue} from '../../runtime/core/xml'

const namespace = 'http://queue.amazonaws.com/doc/2012-11-05/'

const numbers: readonly string[] = ['DelaySeconds', 'MaxNumberOfMessages', 'VisibilityTimeout', 'WaitTimeSeconds', 'MaxResults']

/** Flat lists: the parameter's name → the member that it is of. */
const lists: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames', MessageAttributeName: 'MessageAttributeNames', MessageSystemAttributeName: 'MessageSystemAttributeNames', TagKey: 'TagKeys',
  SendMessageBatchRequestEntry: 'Entries', DeleteMessageBatchRequestEntry: 'Entries', ChangeMessageVisibilityBatchRequestEntry: 'Entries'
}

/** Flat maps: the parameter's name → the member, and what its key is called. */
const maps: Readonly<Record<string, readonly [member: string, key: string]>> = {
  Attribute: ['Attributes', 'Name'], Tag: ['Tags', 'Key'], MessageAttribute: ['MessageAttributes', 'Name'], MessageSystemAttribute: ['MessageSystemAttributes', 'Name']
}

interface Node {
  value?: string
  readonly children: Map<string, Node>
}

const treeOf = (input: QueryInput): Node => {
  const root: Node = {children: new Map()}
  for (const [path, value] of input) {
    const leaf = path.split('.').reduce<Node>((node, part) => {
      const child: Node = node.children.get(part) ?? {children: new Map()}
      node.children.set(part, child)
      return child
    }, root)
    leaf.value = value
  }
  return root
}

const inOrder = ({children}: Node): Node[] => [...children].sort(([one], [other]) => Number(one) - Number(other)).map(([, child]) => child)

const memberOf = (name: string, node: Node): [string, unknown] => {
  const [list, map] = [lists[name], maps[name]]
  if (list !== undefined) {
    return [list, inOrder(node).map((each) => each.children.size === 0 ? each.value : jsonOf(each))]
  }
  if (map !== undefined) {
    const [member, key] = map
    return [member, Object.fromEntries(inOrder(node).map(({children}) => [children.get(key)?.value ?? '', valueOf(children.get('Value'))]))]
  }
  return [name, numbers.includes(name) ? Number(node.value) : valueOf(node)]
}

const valueOf = (node: Node | undefined): unknown => node === undefined || node.children.size === 0 ? node?.value : jsonOf(node)

/** The members of AWS JSON that flat parameters stand for. */
const jsonOf = ({children}: Node): Json => Object.fromEntries([...children].map(([name, node]) => memberOf(name, node)))

const entries = (value: unknown, key: 'Name' | 'Key', write: (value: unknown) => XmlValue): XmlValue =>
  Object.entries(asObject(value)).map(([name, each]) => ({[key]: name, Value: write(each)}))

const plain = (value: unknown): XmlValue => {
  if (Array.isArray(value)) {
    return value.map(plain)
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]))
    : typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}

/** Members of AWS JSON → their flat elements. */
const written: Readonly<Record<string, (value: unknown, action: string) => readonly [string, XmlValue]>> = {
  QueueUrls: (value) => ['QueueUrl', plain(asList(value))],
  Attributes: (value) => ['Attribute', entries(value, 'Name', plain)],
  MessageAttributes: (value) => ['MessageAttribute', entries(value, 'Name', plain)],
  Tags: (value) => ['Tag', entries(value, 'Key', plain)],
  Messages: (value, action) => ['Message', asList(value).map((each) => membersOf(each, action))],
  Successful: (value, action) => [`${action}ResultEntry`, plain(asList(value))],
  Failed: (value) => ['BatchResultErrorEntry', plain(asList(value))]
}

const membersOf = (output: unknown, action: string): {readonly [name: string]: XmlValue} =>
  Object.fromEntries(Object.entries(asObject(output)).map(([name, value]) => written[name]?.(value, action) ?? [name, plain(value)]))

/** Old clients name the queue in the path alone. */
const queueIn = (request: IncomingMessage): Json => {
  const {pathname} = requestUrl(request)
  return /^\/\d+\/[\w-]+$/.test(pathname) ? {QueueUrl: `http://${request.headers.host}${pathname}`} : {}
}

/**
 * Speaks the query protocol, which version 1 of the AWS CLI spoke until 2023 and Debian's version 2 still does:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */
export const answerSqsQuery = (
  request: IncomingMessage, response: ServerResponse, operations: Operations, queryCodes: Readonly<Record<string, string>>
): Promise<void> => {
  const spoken = ([action, run]: [string, Operations[string]]) => [action, async (input: QueryInput): Promise<QueryOutput> => {
    try {
      return membersOf(await run({...queueIn(request), ...jsonOf(treeOf(input))}), action)
    } catch (error) {
      const {code, message, statusCode} = asServiceError(error)
      throw new ServiceError(queryCodes[code] ?? code, message, statusCode)
    }
  }] as const
  return answerQuery(request, response, namespace, Object.fromEntries(Object.entries(operations).map(spoken)))
}
