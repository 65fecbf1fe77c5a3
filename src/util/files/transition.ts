import {updateItem} from '../../lib/vendor/AWS/DynamoDB'
import type {FileRecord, FileStatus, RangedTransfer, RangeProgress} from '../../types/domain'
import {env} from '../env'
import {unlessRefused} from './conditions'
import {fileKey} from './keys'
import {parseFile} from './records'

type Ranged = {readonly [Name in keyof RangedTransfer as `ranged.${Name}`]: RangedTransfer[Name]}

/** What a transition can set: attributes of the record, members of its `ranged`, and the entry of one range in its `progress`. */
interface Settable extends FileRecord, Ranged {
  readonly 'progress.#range': RangeProgress
}

/** A change of a file's record. In `where`, `#name` stands for the attribute `name`, `:name` for its value, `:Failed` for that status. */
export interface Transition {
  /** The Lambda that makes it, or the workflow and its state. */
  readonly by: string
  /** The statuses that its condition lets pass, of records as they are. */
  readonly from: readonly FileStatus[]
  /** Undefined if the status stays. */
  readonly to?: FileStatus
  readonly where: string
  /** Attributes that must be as they were read. */
  readonly same?: ReadonlyArray<keyof FileRecord>
  readonly sets?: ReadonlyArray<keyof Settable>
  /** Set if there is a value. */
  readonly maySet?: ReadonlyArray<keyof Settable>
  /** Set if there is a value, and none in the record. */
  readonly setsOnce?: ReadonlyArray<keyof FileRecord>
  /** Counted up by one. */
  readonly adds?: ReadonlyArray<keyof FileRecord>
  readonly removes?: ReadonlyArray<keyof FileRecord>
  /** The record to return if not the new one. */
  readonly returns?: 'ALL_OLD'
}

type Listed<T, Lists extends keyof Transition> = T extends {readonly [List in Lists]: ReadonlyArray<infer Name>} ? Name : never

/** Times of the transition itself. */
type Timed = 'updatedAt' | 'completedAt'
type Required<T> = Exclude<Listed<T, 'sets'>, Timed> & keyof Settable
type Optional<T> = Exclude<Listed<T, 'maySet'> | Listed<T, 'setsOnce'>, Timed> & keyof Settable

/** What the caller of a transition gives, by the name of the attribute. */
export type Members<T> = {readonly [Name in Required<T>]: NonNullable<Settable[Name]>}
  & {readonly [Name in Optional<T>]?: Settable[Name] | undefined}
  & ('progress.#range' extends Required<T> ? {readonly range: string} : unknown)

type MembersArgument<T> = {readonly [Name in never]: Name} extends Members<T> ? [members?: Members<T>] : [members: Members<T>]

/** One function a transition of a table. */
export type Transitions<Table, File, Changed> = {
  readonly [Name in keyof Table]: (file: File, ...members: MembersArgument<Table[Name]>) => Promise<Changed>
}

type Values = Readonly<Record<string, unknown>>

const namePlaceholder = (path: string): string => path.split('.').map((part) => part.startsWith('#') ? part : `#${part}`).join('.')
const valuePlaceholder = (path: string): string => `:${path.replace(/\.#?/, '_')}`

const clause = (verb: string, parts: readonly string[]): string => parts.length === 0 ? '' : `${verb} ${parts.join(', ')}`

/** The update expression of a transition; of the attributes that may be set, those that `isGiven`. */
export const buildUpdate = (
  {to, sets = [], maySet = [], setsOnce = [], adds = [], removes = []}: Transition, isGiven: (name: string) => boolean
): string => [
  clause('SET', [
    ...to === undefined ? [] : [`#status = :${to}`],
    ...[...sets, ...maySet.filter(isGiven)].map((path) => `${namePlaceholder(path)} = ${valuePlaceholder(path)}`),
    ...setsOnce.filter(isGiven).map((name) => `#${name} = if_not_exists(#${name}, :${name})`)
  ]),
  clause('REMOVE', removes.map(namePlaceholder)),
  clause('ADD', adds.map((name) => `#${name} :one`))
].filter((each) => each !== '').join(' ')

/** The condition of a transition, for a record as it was read. */
const buildCondition = ({where, same = []}: Transition, file: Values): string =>
  [where, ...same.map((name) => file[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`)].join(' AND ')

type Attempt = Pick<FileRecord, 'fileId'>

/** Makes a transition and returns the record; undefined if its condition does not hold. */
const makeTransition = async (transition: Transition, file: Attempt, members: Values = {}): Promise<FileRecord | undefined> => {
  const now = new Date().toISOString()
  const values = Object.entries({...file, updatedAt: now, completedAt: now, ...members, now, one: 1})
  const byPlaceholder = Object.fromEntries(values.map(([path, value]) => [valuePlaceholder(path), value]))
  const update = buildUpdate(transition, (name) => name === 'completedAt' || members[name] !== undefined)
  const condition = buildCondition(transition, {...file})
  const found = (sign: '#' | ':'): string[] => `${update} ${condition}`.match(new RegExp(`${sign}\\w+`, 'g')) ?? []
  const result = await unlessRefused(updateItem({
    TableName: env('TABLE_NAME'),
    Key: fileKey(file.fileId),
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(found('#').map((name) =>
      [name, name === '#range' ? String(members.range) : name.slice(1)])),
    ExpressionAttributeValues: Object.fromEntries(found(':').map((name) =>
      [name, /^:[A-Z]/.test(name) ? name.slice(1) : byPlaceholder[name]])),
    ReturnValues: transition.returns ?? 'ALL_NEW'
  }))
  return result?.Attributes && parseFile(result.Attributes)
}

/** A function for each transition of a table. */
export const buildTransitions = <Table extends Readonly<Record<string, Transition>>, File extends Attempt, Changed>(
  table: Table, finish: (file: File, changed: FileRecord | undefined) => Changed
): Transitions<Table, File, Changed> => {
  const functions = Object.entries(table).map(([name, transition]) =>
    [name, async (file: File, members?: Values) => finish(file, await makeTransition(transition, file, members))])
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- these are the table's names
  return Object.fromEntries(functions) as never
}
