import type {Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import type {Clock} from '../../runtime/core/types'
import {archiveName, description, eventPattern, limit, namePrefix, nextToken, requiredText, retentionDays} from './api-constraints'
import type {ArchivedEvents} from './archived-events'
import type {Archive} from './model'
import {archiveArn, busName} from './names'
import {compilePattern} from './pattern'
import type {Registry} from './registry'

interface Parts {
  readonly registry: Registry
  readonly archived: ArchivedEvents
  readonly clock: Clock
}

const STATES = ['ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED']

const members = {ArchiveName: archiveName, EventPattern: eventPattern, Description: description, RetentionDays: retentionDays}

/** The wiring does not say when an archive was made; 1970 would read as a defect, so the present stands in. */
const created = ({CreationTime}: Archive, clock: Clock): number => CreationTime ?? Math.floor(clock.now() / 1000)

const summary = ({archived, clock}: Parts, archive: Archive): Json => ({
  ArchiveName: archive.ArchiveName,
  EventSourceArn: archive.EventSourceArn,
  State: 'ENABLED',
  RetentionDays: archive.RetentionDays,
  ...archived.count(archive),
  CreationTime: created(archive, clock)
})

const outcome = ({clock}: Parts, archive: Archive): Json => ({ArchiveArn: archive.ArchiveArn, State: 'ENABLED', CreationTime: created(archive, clock)})

const checkPattern = (pattern: string | undefined): void => {
  if (pattern !== undefined) {
    compilePattern(pattern)
  }
}

const createArchive = (parts: Parts, input: Json): Json => {
  const {registry, clock} = parts
  checkConstraints(input, {...members, EventSourceArn: requiredText})
  const ArchiveName = String(input['ArchiveName'])
  if (registry.archives.get(ArchiveName) !== undefined) {
    throw new ServiceError('ResourceAlreadyExistsException', `Archive ${ArchiveName} already exists.`)
  }
  const bus = registry.bus(busName(String(input['EventSourceArn'])))
  checkPattern(optionalString(input, 'EventPattern'))
  const archive: Archive = {
    ArchiveName,
    ArchiveArn: archiveArn(registry.place, ArchiveName),
    EventSourceArn: bus.Arn,
    Description: optionalString(input, 'Description'),
    EventPattern: optionalString(input, 'EventPattern'),
    RetentionDays: Number(input['RetentionDays'] ?? 0),
    CreationTime: Math.floor(clock.now() / 1000)
  }
  registry.archives.put(ArchiveName, archive)
  return outcome(parts, archive)
}

const updateArchive = (parts: Parts, input: Json): Json => {
  checkConstraints(input, members)
  const archive = parts.registry.archives.get(String(input['ArchiveName']))
  if (archive === undefined) {
    // AWS's own answer for an archive that is not there, as it was recorded.
    throw new ServiceError('InternalException', 'Service encountered unexpected problem. Please try again.', 500)
  }
  checkPattern(optionalString(input, 'EventPattern'))
  const updated: Archive = {
    ...archive,
    Description: optionalString(input, 'Description') ?? archive.Description,
    EventPattern: optionalString(input, 'EventPattern') ?? archive.EventPattern,
    RetentionDays: Number(input['RetentionDays'] ?? archive.RetentionDays)
  }
  parts.registry.archives.put(archive.ArchiveName, updated)
  return outcome(parts, updated)
}

const deleteArchive = ({registry, archived}: Parts, input: Json): Json => {
  checkConstraints(input, {ArchiveName: archiveName})
  const archive = registry.archive(String(input['ArchiveName']))
  archived.forget(archive)
  registry.archives.delete(archive.ArchiveName)
  return {}
}

const listArchives = (parts: Parts, input: Json): Json => {
  checkConstraints(input, {NamePrefix: namePrefix, State: {type: 'string', enum: STATES}, Limit: limit, NextToken: nextToken, EventSourceArn: {type: 'string'}})
  const source = optionalString(input, 'EventSourceArn')
  const bus = source === undefined ? undefined : parts.registry.bus(busName(source)).Arn
  const found = parts.registry.archives.all()
    .filter(({ArchiveName, EventSourceArn}) => ArchiveName.startsWith(optionalString(input, 'NamePrefix') ?? '') && (bus ?? EventSourceArn) === EventSourceArn)
    .filter(() => (optionalString(input, 'State') ?? 'ENABLED') === 'ENABLED')
  const {items, next} = takePage(found, Number(input['Limit'] ?? 100), optionalString(input, 'NextToken'))
  return {Archives: items.map((archive) => summary(parts, archive)), NextToken: next}
}

/** The API's operations on archives. */
export const archiveOperations = (parts: Parts): Operations => ({
  CreateArchive: (input) => createArchive(parts, input),
  UpdateArchive: (input) => updateArchive(parts, input),
  DeleteArchive: (input) => deleteArchive(parts, input),
  DescribeArchive: (input) => {
    checkConstraints(input, {ArchiveName: archiveName})
    const archive = parts.registry.archive(String(input['ArchiveName']))
    const {ArchiveArn, Description, EventPattern} = archive
    return {...summary(parts, archive), ArchiveArn, Description, EventPattern}
  },
  ListArchives: (input) => listArchives(parts, input)
})
