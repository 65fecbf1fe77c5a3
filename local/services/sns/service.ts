import type {DatabaseSync} from 'node:sqlite'
import {ServiceError} from '../../runtime/core/errors'
import {answerQuery, xmlEntries, readMap, type QueryInput, type QueryOperations, type QueryOutput, requiredParameter} from '../../runtime/core/query-protocol'
import type {Clock, Observe, Service} from '../../runtime/core/types'
import {text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import {applicationFinder} from './applications'
import {type Endpoint, type Endpoints, openEndpoints} from './endpoints'
import {type Notification, type NotificationLedger, openLedger} from './ledger'
import {readMessageAttributes, messageFor} from './message'

/** All that SNS needs of the world around it. */
export interface SnsDeps {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly observe: Observe
  readonly wiring: Wiring
}

export interface SnsService extends Service {
  /** Throws ServiceError if there is no such topic. */
  publishToTopic: (topicArn: string, message: string) => void
  /** Everything that was pushed or published, or what of it has a text somewhere, oldest first. */
  notifications: (text?: string) => Notification[]
  /** Every endpoint of every platform, oldest first. */
  devices: () => Endpoint[]
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/'

const formatAttributes = ({token, enabled, user_data: userData}: Endpoint): Record<string, string> =>
  ({Enabled: enabled === 1 ? 'true' : 'false', Token: token, CustomUserData: userData})

const existing = (endpoints: Endpoints, arn: string): Endpoint => {
  const endpoint = endpoints.find(arn)
  if (endpoint === undefined) {
    throw new ServiceError('NotFound', 'Endpoint does not exist', 404)
  }
  return endpoint
}

const endpointOperations = (endpoints: Endpoints, wiring: Wiring): QueryOperations => {
  const application = applicationFinder(wiring)
  return {
    CreatePlatformEndpoint: (input) => {
      const attributes = readMap(input, 'Attributes')
      const of = application(requiredParameter(input, 'PlatformApplicationArn'))
      const userData = input.get('CustomUserData') ?? attributes['CustomUserData'] ?? ''
      return {EndpointArn: endpoints.create(of, {token: requiredParameter(input, 'Token'), enabled: attributes['Enabled'] !== 'false', userData})}
    },
    GetEndpointAttributes: (input) => ({Attributes: xmlEntries(formatAttributes(existing(endpoints, requiredParameter(input, 'EndpointArn'))))}),
    SetEndpointAttributes: (input) => {
      const arn = requiredParameter(input, 'EndpointArn')
      const merged = {...formatAttributes(existing(endpoints, arn)), ...readMap(input, 'Attributes')}
      endpoints.update(arn, {token: merged['Token']!, enabled: merged['Enabled'] !== 'false', userData: merged['CustomUserData']!})
    },
    DeleteEndpoint: (input) => endpoints.remove(requiredParameter(input, 'EndpointArn')),
    ListEndpointsByPlatformApplication: (input) => ({
      Endpoints: {
        member: endpoints.of(application(requiredParameter(input, 'PlatformApplicationArn')).arn)
          .map((endpoint) => ({EndpointArn: endpoint.arn, Attributes: xmlEntries(formatAttributes(endpoint))}))
      }
    })
  }
}

const publishToEndpoint = (endpoint: Endpoint | undefined, input: QueryInput, ledger: NotificationLedger): QueryOutput => {
  if (endpoint === undefined) {
    throw new ServiceError('InvalidParameter', 'Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified')
  }
  if (endpoint.enabled !== 1) {
    throw new ServiceError('EndpointDisabled', 'Endpoint is disabled')
  }
  const {arn, platform, user_data: userId} = endpoint
  const message = messageFor(input, platform)
  return {MessageId: ledger.record({targetArn: arn, platform, message, attributes: readMessageAttributes(input), ...(userId !== '' && {userId})})}
}

/** Mobile push (and as much of topics as a rule's target needs), delivered into a ledger. */
export const createSns = ({db, clock, observe, wiring}: SnsDeps): SnsService => {
  const endpoints = openEndpoints(db)
  const ledger = openLedger(db, clock, observe)
  const topics = new Set(wiring.ofType('aws_sns_topic').map(({values}) => text(values, 'arn')))

  const recordForTopic = (topicArn: string, message: unknown, attributes: Record<string, string>): string => {
    if (!topics.has(topicArn)) {
      throw new ServiceError('NotFound', 'Topic does not exist', 404)
    }
    return ledger.record({targetArn: topicArn, platform: 'topic', message, attributes})
  }

  const operations: QueryOperations = {
    ...endpointOperations(endpoints, wiring),
    Publish: (input) => {
      const target = input.get('TargetArn') ?? requiredParameter(input, 'TopicArn')
      return target.includes(':endpoint/')
        ? publishToEndpoint(endpoints.find(target), input, ledger)
        : {MessageId: recordForTopic(target, messageFor(input, 'default'), readMessageAttributes(input))}
    }
  }

  return {
    signingName: 'sns',
    handle: (request, response) => answerQuery(request, response, namespace, operations),
    publishToTopic: (topicArn, message) => { recordForTopic(topicArn, message, {}) },
    notifications: (text) => ledger.all(text),
    devices: () => endpoints.all()
  }
}
