import {asList, type Json, objectsIn} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import {DEFAULT_GROUP, type Group} from './model'
import {groupArn, type Registry, scheduleKey, type Tag} from './registry'
import {groupName, requiredName} from './schedule-input'
import type {Parts} from './schedule-operations'

const readTags = (value: unknown): Tag[] => objectsIn(value).map(({Key, Value}) => {
  if (typeof Key !== 'string' || typeof Value !== 'string' || Key === '') {
    throw new ServiceError('ValidationException', 'Expected each tag to have a Key and a Value that are texts.')
  }
  return {Key, Value}
})

const tag = ({tags}: Registry, arn: string, value: unknown): void =>
  tags.put(arn, [...new Map([...tags.get(arn) ?? [], ...readTags(value)].map((each) => [each.Key, each])).values()])

const createGroup = ({registry, clock}: Parts, input: Json): Json => {
  checkConstraints(input, {Name: requiredName, Tags: {type: 'list', max: 200}})
  const Name = String(input['Name'])
  if (registry.groups.get(Name) !== undefined) {
    throw new ServiceError('ConflictException', `Schedule group ${Name} already exists.`, 409)
  }
  const [Arn, now] = [groupArn(registry.place, Name), Math.floor(clock.now() / 1000)]
  tag(registry, Arn, input['Tags'])
  registry.groups.put(Name, {Arn, Name, State: 'ACTIVE', CreationDate: now, LastModificationDate: now})
  return {ScheduleGroupArn: Arn}
}

const found = ({registry}: Parts, input: Json): Group => {
  checkConstraints(input, {Name: requiredName})
  return registry.group(String(input['Name']))
}

/** With a group go its schedules. */
const deleteGroup = (parts: Parts, input: Json): Json => {
  const {Name, Arn} = found(parts, input)
  if (Name === DEFAULT_GROUP) {
    throw new ServiceError('ValidationException', 'The default schedule group cannot be deleted.')
  }
  for (const schedule of parts.registry.inGroup(Name)) {
    parts.registry.schedules.delete(scheduleKey(Name, schedule.Name))
    parts.runner.changed(Name, schedule.Name)
  }
  parts.registry.tags.delete(Arn)
  parts.registry.groups.delete(Name)
  return {}
}

const listGroups = ({registry}: Parts, input: Json): Json => {
  checkConstraints(input, {NamePrefix: groupName})
  const all = registry.groups.all().filter(({Name}) => Name.startsWith(optionalString(input, 'NamePrefix') ?? ''))
  const {items, next} = takePage(all, Number(input['MaxResults'] ?? 100), optionalString(input, 'NextToken'))
  return {ScheduleGroups: items, NextToken: next}
}

const tagged = ({registry}: Parts, input: Json): string => {
  const arn = String(input['ResourceArn'])
  const name = /^arn:[^:]*:scheduler:[^:]*:[^:]*:schedule-group\/([^/]+)$/.exec(arn)?.[1]
  if (name === undefined) {
    throw new ServiceError('ValidationException', `Expected ResourceArn to be that of a schedule group; got ${arn}.`)
  }
  return registry.group(name).Arn
}

/** The API's operations on groups of schedules and their tags. */
export const groupOperations = (parts: Parts): Operations => ({
  CreateScheduleGroup: (input) => createGroup(parts, input),
  GetScheduleGroup: (input) => found(parts, input),
  DeleteScheduleGroup: (input) => deleteGroup(parts, input),
  ListScheduleGroups: (input) => listGroups(parts, input),
  ListTagsForResource: (input) => ({Tags: parts.registry.tags.get(tagged(parts, input)) ?? []}),
  TagResource: (input) => {
    tag(parts.registry, tagged(parts, input), input['Tags'])
    return {}
  },
  UntagResource: (input) => {
    const [arn, gone] = [tagged(parts, input), asList(input['TagKeys'])]
    parts.registry.tags.put(arn, (parts.registry.tags.get(arn) ?? []).filter(({Key}) => !gone.includes(Key)))
    return {}
  }
})
