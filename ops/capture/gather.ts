import {asError} from '../../shared/errors'
import {text} from '../../shared/wiring/values'
import {readWiring} from '../../shared/wiring/wiring'
import {stackEvents} from '../replay/aws'
import {openMeter} from '../replay/meter'
import type {EventEnvelope} from '../../local/runtime/core/types'
import type {CapturedSources} from '../../local/replay/doors/captured-source'
import {readFolderArchive} from '../../local/replay/folder-archive'
import {folderLogs} from '../program/folder-logs'
import {answersIn} from './answers'
import {stackLogs} from './logs'
import type {CaptureOptions} from './options'
import {type StackReader, stackReader} from './stack'

/** All there is of a file. */
export interface Gathered {
  readonly fileId: string
  readonly events: readonly EventEnvelope[]
  readonly sources: CapturedSources
  /** For who reads it; the test does without. */
  readonly background: {readonly records: readonly unknown[], readonly histories: Readonly<Record<string, unknown[]>>}
  /** What could not be had. */
  readonly notes: readonly string[]
}

const tableName = ({wiring, suffix}: CaptureOptions): string => `${text(readWiring(wiring).ofType('aws_dynamodb_table')[0]?.values ?? {}, 'name')}${suffix}`

const fileIdFor = async ({subject}: CaptureOptions, archive: readonly EventEnvelope[], reader: StackReader): Promise<string> => {
  if ('fileId' in subject) {
    return subject.fileId
  }
  const announced = archive.find(({detail}) => detail['executionArn'] === subject.executionArn)
  return announced === undefined ? reader.fileOf(subject.executionArn) : String(announced.detail['fileId'])
}

const readBackground = async (reader: StackReader, fileId: string, events: readonly EventEnvelope[]): Promise<Pick<Gathered, 'background' | 'notes'>> => {
  try {
    return {background: {records: await reader.records(fileId), histories: await reader.histories(events)}, notes: []}
  } catch (error) {
    const {name, message} = asError(error)
    return {background: {records: [], histories: {}}, notes: [`Record and histories are missing: ${message === '' ? name : message}`]}
  }
}

/** Reads all there is of a file. Throws if the archive has nothing of it. */
export const gather = async (options: CaptureOptions): Promise<Gathered> => {
  const {data, clients, suffix, window} = options
  const reader = stackReader(tableName(options), clients)
  const archive = data === undefined ? [] : readFolderArchive(data, window)
  const fileId = await fileIdFor(options, archive, reader)
  const events = data === undefined
    ? await stackEvents({suffix, window, clients, events: [], files: [fileId]}, {meter: openMeter(), signal: new AbortController().signal})
    : archive.filter(({detail}) => detail['fileId'] === fileId)
  if (events.length === 0) {
    throw new Error(`Expected events of the file ${fileId} in the archive; it has none${data === undefined ? '' : ` in ${data}`}. Is the window right (--from, --to)?`)
  }
  const logs = data === undefined ? await stackLogs(clients, suffix, fileId, window) : folderLogs(data, ': what sources answered is taken from the events that followed.')
  const {background, notes} = await readBackground(reader, fileId, events)
  const sources = answersIn(logs.lines, new Set(events.map(({detail}) => String(detail['correlationId']))))
  return {fileId, events, sources, background, notes: [...logs.notes, ...notes]}
}
