import type {Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import type {Clock} from '../../runtime/core/types'
import {busNameOrArn, description, limit, namePrefix, newBusName, nextToken} from './api-constraints'
import {type Bus, DEFAULT_BUS} from './model'
import {busArn, busName} from './names'
import type {Registry} from './registry'
import {tagList, type Tags} from './tag-operations'

interface Parts {
  readonly registry: Registry
  readonly tags: Tags
  readonly clock: Clock
}

const seconds = (clock: Clock): number => Math.floor(clock.now() / 1000)

/** The wiring does not say when a bus was made; the start of the runtime stands in. */
const times = ({CreationTime, LastModifiedTime}: Bus, started: number): Json =>
  ({CreationTime: CreationTime ?? started, LastModifiedTime: LastModifiedTime ?? CreationTime ?? started})

const listed = (bus: Bus, started: number): Json =>
  ({Name: bus.Name, Arn: bus.Arn, Description: bus.Description, Policy: bus.Policy, ...times(bus, started)})

const members = {
  Description: description, KmsKeyIdentifier: {type: 'string', max: 2048}, DeadLetterConfig: {type: 'object'}, LogConfig: {type: 'object'}
} as const

/** What an input says of a bus; what it leaves out stays as it is. */
const settings = (input: Json, bus?: Bus): Partial<Bus> => ({
  Description: optionalString(input, 'Description') ?? bus?.Description,
  KmsKeyIdentifier: optionalString(input, 'KmsKeyIdentifier') ?? bus?.KmsKeyIdentifier,
  DeadLetterConfig: input['DeadLetterConfig'] ?? bus?.DeadLetterConfig,
  LogConfig: input['LogConfig'] ?? bus?.LogConfig
})

const createBus = ({registry, tags, clock}: Parts, input: Json): Json => {
  checkConstraints(input, {Name: newBusName, Tags: tagList, ...members})
  const Name = String(input['Name'])
  if (registry.buses.get(Name) !== undefined) {
    throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`)
  }
  if (Name.includes('/') || optionalString(input, 'EventSourceName') !== undefined) {
    throw new ServiceError('ValidationException', 'Partner event sources do not exist here: the name of an event bus must not contain \'/\'.')
  }
  const Arn = busArn(registry.place, Name)
  const {DeadLetterConfig, LogConfig, ...rest} = settings(input)
  tags.put(Arn, input['Tags'])
  registry.buses.put(Name, {Name, Arn, ...rest, DeadLetterConfig, LogConfig, CreationTime: seconds(clock), LastModifiedTime: seconds(clock)})
  return {EventBusArn: Arn, ...rest, DeadLetterConfig, LogConfig}
}

const updateBus = ({registry, clock}: Parts, input: Json): Json => {
  checkConstraints(input, {Name: busNameOrArn, ...members})
  const bus = registry.bus(busName(optionalString(input, 'Name')))
  const changed = settings(input, bus)
  registry.buses.put(bus.Name, {...bus, ...changed, LastModifiedTime: seconds(clock)})
  return {Arn: bus.Arn, Name: bus.Name, ...changed}
}

const deleteBus = ({registry, tags}: Parts, input: Json): Json => {
  checkConstraints(input, {Name: newBusName})
  const name = busName(String(input['Name']))
  if (name === DEFAULT_BUS) {
    throw new ServiceError('ValidationException', `Cannot delete event bus ${DEFAULT_BUS}.`)
  }
  if (registry.rulesOf(name).length > 0) {
    throw new ServiceError('ValidationException', 'Event bus can\'t be deleted since it has rules.')
  }
  tags.forget(busArn(registry.place, name))
  registry.buses.delete(name)
  return {}
}

/** The API's operations on event buses. */
export const busOperations = (parts: Parts): Operations => {
  const started = seconds(parts.clock)
  return {
    CreateEventBus: (input) => createBus(parts, input),
    UpdateEventBus: (input) => updateBus(parts, input),
    DeleteEventBus: (input) => deleteBus(parts, input),
    DescribeEventBus: (input) => {
      checkConstraints(input, {Name: busNameOrArn})
      const bus = parts.registry.bus(busName(optionalString(input, 'Name')))
      return {...bus, ...times(bus, started)}
    },
    ListEventBuses: (input) => {
      checkConstraints(input, {NamePrefix: namePrefix, Limit: limit, NextToken: nextToken})
      const found = parts.registry.buses.all().filter(({Name}) => Name.startsWith(optionalString(input, 'NamePrefix') ?? ''))
      const {items, next} = takePage(found, Number(input['Limit'] ?? 100), optionalString(input, 'NextToken'))
      return {EventBuses: items.map((bus) => listed(bus, started)), NextToken: next}
    }
  }
}
