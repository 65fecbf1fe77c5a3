import type {Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import {busNameOrArn, limit, namePrefix, newBusName, nextToken} from './api-constraints'
import {type Bus, DEFAULT_BUS} from './model'
import {busArn, busName} from './names'
import type {Registry} from './registry'

const shown = ({Name, Arn, Description}: Bus): Json => ({Name, Arn, Description})

const createBus = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {Name: newBusName})
  const Name = String(input['Name'])
  if (registry.buses.get(Name) !== undefined) {
    throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`)
  }
  const Arn = busArn(registry.place, Name)
  registry.buses.put(Name, {Name, Arn, Description: optionalString(input, 'Description')})
  return {EventBusArn: Arn, Description: optionalString(input, 'Description')}
}

const deleteBus = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {Name: newBusName})
  const name = String(input['Name'])
  if (name === DEFAULT_BUS) {
    throw new ServiceError('ValidationException', `Cannot delete event bus ${DEFAULT_BUS}.`)
  }
  if (registry.rulesOf(name).length > 0) {
    throw new ServiceError('ValidationException', 'Event bus can\'t be deleted since it has rules.')
  }
  registry.buses.delete(name)
  return {}
}

/** The API's operations on event buses. */
export const busOperations = (registry: Registry): Operations => ({
  CreateEventBus: (input) => createBus(registry, input),
  DeleteEventBus: (input) => deleteBus(registry, input),
  DescribeEventBus: (input) => {
    checkConstraints(input, {Name: busNameOrArn})
    return shown(registry.bus(busName(optionalString(input, 'Name'))))
  },
  ListEventBuses: (input) => {
    checkConstraints(input, {NamePrefix: namePrefix, Limit: limit, NextToken: nextToken})
    const found = registry.buses.all().filter(({Name}) => Name.startsWith(optionalString(input, 'NamePrefix') ?? ''))
    const {items, next} = takePage(found, Number(input['Limit'] ?? 100), optionalString(input, 'NextToken'))
    return {EventBuses: items.map(shown), NextToken: next}
  }
})
