import {objectsIn} from '../../shared/json'
import {arnName} from '../../shared/wiring/arn'
import type {WiredResource} from '../../shared/wiring/wiring'
import {findGrants} from './grants'
import {byDepth, type Feed, type Node, same} from './order'
import {rulesIn} from './rules'

const ofType = (resources: readonly WiredResource[], type: string): Array<WiredResource['values']> =>
  resources.filter((resource) => resource.type === type).map(({values}) => values)

const publishing = (resources: readonly WiredResource[], actor: (name: string) => Node): Feed[] => findGrants(resources, 'events:PutEvents')
  .flatMap(({role, events}) => events.map((name) => ({from: actor(role), to: {kind: 'event', name}})))

/** A rule that names no event takes them all; the page says so in words, the picture leaves it out. */
const delivering = (resources: readonly WiredResource[]): Feed[] => rulesIn(resources).flatMap(({pattern, targets}) =>
  (pattern['detail-type'] ?? []).flatMap((event) =>
    targets.map(({kind, name}) => ({from: {kind: 'event', name: event} as const, to: {kind, name}}))))

const invoking = (resources: readonly WiredResource[], actor: (name: string) => Node): Feed[] => findGrants(resources, 'lambda:InvokeFunction')
  .flatMap(({role, resources: functions}) => functions.map((arn) => ({from: actor(role), to: {kind: 'function', name: arnName(arn)}})))

/** Rules start workflows as well, by roles of their own; they appear by what they deliver. */
const starting = (resources: readonly WiredResource[]): Feed[] => {
  const functions = ofType(resources, 'aws_lambda_function').map(({function_name: name}) => name)
  return findGrants(resources, 'states:StartExecution').filter(({role}) => functions.includes(role))
    .flatMap(({role, resources: workflows}) => workflows.map((arn): Feed => ({from: {kind: 'function', name: role}, to: {kind: 'workflow', name: arnName(arn)}})))
}

const bucketNode = (arn: string): Node => ({kind: 'bucket', name: arn.split(':::')[1]!.split('/')[0]!})

const storing = (resources: readonly WiredResource[], actor: (name: string) => Node): Feed[] => [
  ...findGrants(resources, 's3:PutObject').flatMap(({role, resources: objects}) => objects.map((arn) => ({from: actor(role), to: bucketNode(arn)}))),
  ...ofType(resources, 'aws_s3_bucket_notification').flatMap(({bucket, lambda_function: functions}) =>
    objectsIn(functions).map(({lambda_function_arn: arn}): Feed =>
      ({from: {kind: 'bucket', name: String(bucket)}, to: {kind: 'function', name: arnName(String(arn))}})))
]

const routing = (resources: readonly WiredResource[]): Feed[] => {
  const functions = new Map(ofType(resources, 'aws_apigatewayv2_integration').map(({id, integration_uri: arn}) => [`integrations/${String(id)}`, arnName(String(arn))]))
  return ofType(resources, 'aws_apigatewayv2_route').map(({route_key: route, target}) =>
    ({from: {kind: 'route', name: String(route)}, to: {kind: 'function', name: functions.get(String(target)) ?? ''}}))
}

/** What leads to an event or comes of one; who only reads the table has no part in it. */
const aboutEvents = (feeds: readonly Feed[], events: readonly Node[]): Feed[] => {
  const reached = [...events]
  for (let size = 0; size !== reached.length;) {
    size = reached.length
    for (const {from, to} of feeds) {
      const [isFrom, isTo] = [from, to].map((node) => reached.some((one) => same(one, node)))
      if (isFrom !== isTo) {
        reached.push(isFrom ? to : from)
      }
    }
  }
  return feeds.filter(({from}) => reached.some((one) => same(one, from)))
}

/** Who feeds whom, as far as events go: from the routes of the API to the last consumer, each once. */
export const listFeeds = (resources: readonly WiredResource[], events: readonly string[]): Feed[] => {
  const workflows = ofType(resources, 'aws_sfn_state_machine').map(({name}) => name)
  const actor = (name: string): Node => ({kind: workflows.includes(name) ? 'workflow' : 'function', name})
  const feeds = [
    ...routing(resources), ...invoking(resources, actor), ...starting(resources),
    ...publishing(resources, actor), ...delivering(resources), ...storing(resources, actor)
  ]
  const unique = [...new Map(feeds.map((feed) => [JSON.stringify(feed), feed])).values()]
  return byDepth(aboutEvents(unique, events.map((name) => ({kind: 'event', name}))))
}
