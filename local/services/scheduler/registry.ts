import {findPlace, type Place} from '../../../shared/wiring/place'
import {type Documents, openDocuments} from '../../runtime/core/documents'
import {ServiceError} from '../../runtime/core/errors'
import type {SchedulerDeps} from './deps'
import {DEFAULT_GROUP, type Group, type Schedule} from './model'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

/** What there is: schedules in their groups, and the tags of groups. */
export interface Registry {
  readonly place: Place
  readonly schedules: Documents<Schedule>
  readonly groups: Documents<Group>
  readonly tags: Documents<readonly Tag[]>
  /** Throws ResourceNotFoundException. */
  group: (name: string) => Group
  /** Throws ResourceNotFoundException. */
  schedule: (group: string, name: string) => Schedule
  inGroup: (name: string) => Schedule[]
}

export const scheduleKey = (group: string, name: string): string => `${group}/${name}`
export const groupArn = ({partition, region, account}: Place, name: string): string => `arn:${partition}:scheduler:${region}:${account}:schedule-group/${name}`
export const scheduleArn = ({partition, region, account}: Place, group: string, name: string): string =>
  `arn:${partition}:scheduler:${region}:${account}:schedule/${group}/${name}`

const missing = (message: string): never => {
  throw new ServiceError('ResourceNotFoundException', message, 404)
}

export const createRegistry = ({db, wiring, clock}: SchedulerDeps): Registry => {
  const place = findPlace(wiring)
  const schedules = openDocuments<Schedule>(db, 'scheduler_schedules')
  const groups = openDocuments<Group>(db, 'scheduler_groups')
  const now = Math.floor(clock.now() / 1000)
  if (groups.get(DEFAULT_GROUP) === undefined) {
    groups.put(DEFAULT_GROUP, {Arn: groupArn(place, DEFAULT_GROUP), Name: DEFAULT_GROUP, State: 'ACTIVE', CreationDate: now, LastModificationDate: now})
  }
  const group = (name: string): Group => groups.get(name) ?? missing(`Schedule group ${name} does not exist.`)
  return {
    place,
    schedules,
    groups,
    tags: openDocuments<readonly Tag[]>(db, 'scheduler_tags'),
    group,
    schedule: (groupName, name) => schedules.get(scheduleKey(group(groupName).Name, name)) ?? missing(`Schedule ${name} does not exist.`),
    inGroup: (name) => schedules.all().filter(({GroupName}) => GroupName === name)
  }
}
