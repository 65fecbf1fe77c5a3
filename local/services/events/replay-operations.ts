import {asList, isObject, type Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import type {Clock} from '../../runtime/core/types'
import {description, limit, namePrefix, nextToken, replayName, requiredText} from './api-constraints'
import type {Archive, Replay} from './model'
import {busName, isBus, replayArn} from './names'
import type {Registry} from './registry'
import {isUnfinished, type Replays} from './replays'

interface Parts {
  readonly registry: Registry
  readonly replays: Replays
  readonly clock: Clock
}

const MAX_AT_ONCE = 10
const STATES = ['STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED']

const refuse = (parameter: string, reason: string): never => {
  throw new ServiceError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`)
}

const shown = ({cursor: _cursor, ...replay}: Replay): Json => replay

const listed = ({cursor: _cursor, ReplayArn: _arn, Description: _description, Destination: _destination, ...rest}: Replay): Json => rest

const findArchive = ({registry}: Parts, arn: string): Archive => {
  const name = /^arn:[^:]*:events:[^:]*:[^:]*:archive\/(.+)$/.exec(arn)?.[1]
  return registry.archives.get(name ?? refuse('EventSourceArn', 'Must contain an archive ARN.'))
    ?? refuse('EventSourceArn', `Archive ${name} does not exist.`)
}

const readDestination = ({registry}: Parts, input: Json, archive: Archive): Replay['Destination'] => {
  const destination = isObject(input['Destination']) ? input['Destination'] : {}
  const {Arn, FilterArns} = destination
  if (typeof Arn !== 'string' || !isBus(Arn)) {
    return refuse('Destination.Arn', 'Must contain an event bus ARN.')
  }
  if (registry.bus(busName(Arn)).Arn !== archive.EventSourceArn) {
    return refuse('Destination.Arn', 'Cross event bus replay is not permitted.')
  }
  const given = asList(FilterArns)
  const unknown = given.find((arn) => !registry.rulesOf(busName(Arn)).some((rule) => rule.Arn === arn))
  if (unknown !== undefined) {
    return refuse('Destination.FilterArns', `Rule ${String(unknown)} does not exist on the event bus.`)
  }
  return {Arn, FilterArns: given.length > 0 ? given.filter((arn) => typeof arn === 'string') : undefined}
}

const time = {type: 'number', required: true} as const
const members = {
  ReplayName: replayName, Description: description, EventSourceArn: requiredText, EventStartTime: time, EventEndTime: time, Destination: {type: 'object', required: true}
} as const

const startReplay = (parts: Parts, input: Json): Json => {
  checkConstraints(input, members)
  const ReplayName = String(input['ReplayName'])
  const archive = findArchive(parts, String(input['EventSourceArn']))
  const Destination = readDestination(parts, input, archive)
  const EventStartTime = Number(input['EventStartTime'])
  const EventEndTime = Number(input['EventEndTime'])
  if (EventStartTime >= EventEndTime) {
    refuse('EventEndTime', 'EventStartTime must be before EventEndTime.')
  }
  if (parts.replays.documents.get(ReplayName) !== undefined) {
    throw new ServiceError('ResourceAlreadyExistsException', `Replay ${ReplayName} already exists.`)
  }
  if (parts.replays.documents.all().filter(isUnfinished).length >= MAX_AT_ONCE) {
    throw new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
  }
  const replay: Replay = {
    ReplayName,
    ReplayArn: replayArn(parts.registry.place, ReplayName),
    Description: optionalString(input, 'Description'),
    State: 'STARTING',
    EventSourceArn: archive.ArchiveArn,
    Destination,
    EventStartTime,
    EventEndTime,
    ReplayStartTime: Math.floor(parts.clock.now() / 1000),
    cursor: [0, 0]
  }
  parts.replays.start(replay)
  return {ReplayArn: replay.ReplayArn, State: replay.State, ReplayStartTime: replay.ReplayStartTime}
}

const found = ({replays}: Parts, input: Json): Replay => {
  checkConstraints(input, {ReplayName: replayName})
  const name = String(input['ReplayName'])
  const replay = replays.documents.get(name)
  if (replay === undefined) {
    throw new ServiceError('ResourceNotFoundException', `Replay ${name} does not exist.`)
  }
  return replay
}

const cancelReplay = (parts: Parts, input: Json): Json => {
  const replay = found(parts, input)
  if (replay.State !== 'STARTING' && replay.State !== 'RUNNING') {
    throw new ServiceError('IllegalStatusException', `Replay ${replay.ReplayName} is not in a valid state for this operation.`)
  }
  parts.replays.documents.put(replay.ReplayName, {...replay, State: 'CANCELLING'})
  return {ReplayArn: replay.ReplayArn, State: 'CANCELLING'}
}

const filters = {NamePrefix: namePrefix, State: {type: 'string', enum: STATES}, EventSourceArn: {type: 'string'}, Limit: limit, NextToken: nextToken} as const

const listReplays = (parts: Parts, input: Json): Json => {
  checkConstraints(input, filters)
  const state = optionalString(input, 'State')
  const source = optionalString(input, 'EventSourceArn')
  const replays = parts.replays.documents.all().filter(({ReplayName, State, EventSourceArn}) =>
    ReplayName.startsWith(optionalString(input, 'NamePrefix') ?? '') && (state ?? State) === State && (source ?? EventSourceArn) === EventSourceArn)
  const {items, next} = takePage(replays, Number(input['Limit'] ?? 100), optionalString(input, 'NextToken'))
  return {Replays: items.map(listed), NextToken: next}
}

/** The API's operations on replays. */
export const replayOperations = (parts: Parts): Operations => ({
  StartReplay: (input) => startReplay(parts, input),
  DescribeReplay: (input) => shown(found(parts, input)),
  CancelReplay: (input) => cancelReplay(parts, input),
  ListReplays: (input) => listReplays(parts, input)
})
