import type {Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import type {Clock} from '../../runtime/core/types'
import {DEFAULT_GROUP, type Schedule} from './model'
import {type Registry, scheduleArn, scheduleKey} from './registry'
import type {Runner} from './runner'
import {groupName, readSchedule, requiredName} from './schedule-input'

export interface Parts {
  readonly registry: Registry
  readonly runner: Runner
  readonly clock: Clock
}

const groupOf = (input: Json): string => optionalString(input, 'GroupName') ?? DEFAULT_GROUP

const store = ({registry, runner}: Parts, schedule: Schedule): Json => {
  registry.schedules.put(scheduleKey(schedule.GroupName, schedule.Name), schedule)
  runner.changed(schedule.GroupName, schedule.Name)
  return {ScheduleArn: schedule.Arn}
}

const createSchedule = (parts: Parts, input: Json): Json => {
  const given = readSchedule(input)
  const {registry, clock} = parts
  const GroupName = registry.group(groupOf(input)).Name
  if (registry.schedules.get(scheduleKey(GroupName, given.Name)) !== undefined) {
    throw new ServiceError('ConflictException', `Schedule ${given.Name} already exists.`, 409)
  }
  const now = Math.floor(clock.now() / 1000)
  const Arn = scheduleArn(registry.place, GroupName, given.Name)
  return store(parts, {...given, GroupName, Arn, CreationDate: now, LastModificationDate: now, from: clock.now()})
}

/** What an update leaves out is as if the schedule were new. */
const updateSchedule = (parts: Parts, input: Json): Json => {
  const given = readSchedule(input)
  const {GroupName, Arn, CreationDate} = parts.registry.schedule(groupOf(input), given.Name)
  return store(parts, {...given, GroupName, Arn, CreationDate, LastModificationDate: Math.floor(parts.clock.now() / 1000), from: parts.clock.now()})
}

const found = ({registry}: Parts, input: Json): Schedule => {
  checkConstraints(input, {Name: requiredName, GroupName: groupName})
  return registry.schedule(groupOf(input), String(input['Name']))
}

const deleteSchedule = (parts: Parts, input: Json): Json => {
  const {GroupName, Name} = found(parts, input)
  parts.registry.schedules.delete(scheduleKey(GroupName, Name))
  parts.runner.changed(GroupName, Name)
  return {}
}

const listSchedules = ({registry}: Parts, input: Json): Json => {
  checkConstraints(input, {ScheduleGroup: groupName, NamePrefix: groupName, State: {type: 'string', enum: ['ENABLED', 'DISABLED']}})
  const [group, prefix, state] = ['ScheduleGroup', 'NamePrefix', 'State'].map((name) => optionalString(input, name))
  const all = (group === undefined ? registry.schedules.all() : registry.inGroup(registry.group(group).Name))
    .filter(({Name, State}) => Name.startsWith(prefix ?? '') && (state ?? State) === State)
  const {items, next} = takePage(all, Number(input['MaxResults'] ?? 100), optionalString(input, 'NextToken'))
  return {
    Schedules: items.map(({Arn, CreationDate, GroupName, LastModificationDate, Name, State, Target}) =>
      ({Arn, CreationDate, GroupName, LastModificationDate, Name, State, Target: {Arn: Target.Arn}})),
    NextToken: next
  }
}

/** The API's operations on schedules. */
export const scheduleOperations = (parts: Parts): Operations => ({
  CreateSchedule: (input) => createSchedule(parts, input),
  UpdateSchedule: (input) => updateSchedule(parts, input),
  GetSchedule: (input) => {
    const {from: _from, last: _last, ...schedule} = found(parts, input)
    return schedule
  },
  DeleteSchedule: (input) => deleteSchedule(parts, input),
  ListSchedules: (input) => listSchedules(parts, input)
})
