import {asList, type Json} from '../../../shared/json'
import type {Place} from '../../../shared/wiring/place'
import type {Wiring} from '../../../shared/wiring/wiring'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString, requiredString} from '../../runtime/core/json'
import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import type {Clock, Service} from '../../runtime/core/types'
import {readFilterPattern} from './filter-pattern'
import {type Group, groupsIn, type Sources} from './groups'
import type {LogEvent} from './records'

export interface LogsDeps extends Sources {
  readonly wiring: Wiring
  readonly place: Place
  readonly clock: Clock
}

const integer = (input: Json, name: string, otherwise: number): number => typeof input[name] === 'number' ? input[name] : otherwise

const page = <T>(name: string, input: Json, all: readonly T[], max: number): Json => {
  const {items, next} = takePage(all, Math.min(integer(input, 'limit', max), max), optionalString(input, 'nextToken'))
  return {[name]: items, ...(next !== undefined && {nextToken: next})}
}

/** From the start on, and before the end. */
const within = ({timestamp}: LogEvent, input: Json): boolean =>
  timestamp >= integer(input, 'startTime', 0) && timestamp <= integer(input, 'endTime', Number.MAX_SAFE_INTEGER)

const filtered = (events: readonly LogEvent[], input: Json): LogEvent[] => {
  const fits = readFilterPattern(optionalString(input, 'filterPattern'))
  const [names, prefix] = [asList(input['logStreamNames']), optionalString(input, 'logStreamNamePrefix') ?? '']
  return events.filter((event) => within(event, input) && fits(event.message)
    && (names.length === 0 || names.includes(event.logStreamName)) && event.logStreamName.startsWith(prefix))
}

const streamsIn = (events: readonly LogEvent[], groupArn: string): Json[] =>
  [...new Set(events.map(({logStreamName}) => logStreamName))].map((logStreamName) => {
    const own = events.filter((event) => event.logStreamName === logStreamName)
    return {
      logStreamName, creationTime: own[0]!.timestamp, firstEventTimestamp: own[0]!.timestamp, lastEventTimestamp: own.at(-1)!.timestamp,
      lastIngestionTime: own.at(-1)!.ingestionTime, arn: `${groupArn}:log-stream:${logStreamName}`, storedBytes: 0
    }
  })

/** One page of a stream; the tokens lead to the same place, which a client takes for the end. */
const streamPage = (events: readonly LogEvent[], input: Json): Json => {
  const stream = requiredString(input, 'logStreamName', 'InvalidParameterException')
  const limit = integer(input, 'limit', 10_000)
  const all = events.filter((event) => event.logStreamName === stream && within(event, input))
  const shown = input['nextToken'] !== undefined ? [] : input['startFromHead'] === true ? all.slice(0, limit) : all.slice(-limit)
  return {
    events: shown.map(({timestamp, message, ingestionTime}) => ({timestamp, message, ingestionTime})),
    nextForwardToken: `f/${stream}`, nextBackwardToken: `b/${stream}`
  }
}

const refused = (name: string): ServiceError => new ServiceError(
  'ResourceNotFoundException', `The log group ${name} is not here: the embedded AWS keeps logs of functions and of workflows alone.`)

const operationsOn = (groups: readonly Group[], arn: (name: string) => string, since: number): Operations => {
  const find = (input: Json): Group => {
    const named = optionalString(input, 'logGroupName') ?? requiredString(input, 'logGroupIdentifier', 'InvalidParameterException')
    const group = groups.find(({name}) => [name, arn(name), `${arn(name)}:*`].includes(named))
    if (group === undefined) {
      throw refused(named)
    }
    return group
  }
  return {
    DescribeLogGroups: (input) => {
      const [prefix, pattern] = [optionalString(input, 'logGroupNamePrefix') ?? '', optionalString(input, 'logGroupNamePattern') ?? '']
      const found = groups.filter(({name}) => name.startsWith(prefix) && name.includes(pattern)).map(({name, retention}) => ({
        logGroupName: name, creationTime: since, arn: `${arn(name)}:*`, logGroupArn: arn(name), metricFilterCount: 0, storedBytes: 0,
        logGroupClass: 'STANDARD', ...(retention > 0 && {retentionInDays: retention})
      }))
      return page('logGroups', input, found, 50)
    },
    DescribeLogStreams: (input) => {
      const prefix = optionalString(input, 'logStreamNamePrefix') ?? ''
      const group = find(input)
      const all = streamsIn(group.events(), arn(group.name)).filter(({logStreamName}) => String(logStreamName).startsWith(prefix))
      return page('logStreams', input, input['descending'] === true ? all.toReversed() : all, 50)
    },
    GetLogEvents: (input) => streamPage(find(input).events(), input),
    FilterLogEvents: (input) => ({...page('events', input, filtered(find(input).events(), input), 10_000), searchedLogStreams: []}),
    ListTagsForResource: () => ({tags: {}})
  }
}

/** The logs of functions and workflows, as far as the runtime keeps them. */
export const createLogs = (deps: LogsDeps): Service => {
  const {wiring, place: {partition, region, account}, clock} = deps
  const operations = operationsOn(groupsIn(wiring, deps), (name) => `arn:${partition}:logs:${region}:${account}:log-group:${name}`, clock.now())
  return {signingName: 'logs', handle: (request, response) => answerJson(request, response, operations)}
}
