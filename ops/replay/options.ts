import {UsageError} from '../../shared/cli/errors'
import {flag, many, keyword, path, text, type Values} from '../../shared/cli/option'
import {dataFolder} from '../../shared/running-stack'
import {parseMoment, type Window} from '../../local/replay/window'
import {targetOptions} from '../program/target'
import {wiring} from '../program/wiring'

export const targets = ['dev', 'local', 'shadow'] as const
export type TargetName = typeof targets[number]

/** Where events come from. */
export type EventSource = {readonly kind: 'aws'} | {readonly kind: 'folder', readonly path: string} | {readonly kind: 'file', readonly path: string}

export const options = {
  from: text('time', 'since when: 2026-11-23T10:00:00Z, or 90m, 24h, 7d ago'),
  to: text('time', 'until when (default: now)', ''),
  target: keyword('target', targets, 'where events go (default: dev)'),
  event: many('name', 'with local: only these; with shadow: the files that have one'),
  file: many('id', 'only this file'),
  ...targetOptions,
  data: path('folder', 'the archive of the local stack in a folder, with local and shadow (default: .local)'),
  fromFile: path('file', 'events that --export wrote'),
  export: path('file', 'writes the events, one JSON object a line; without --target nothing else happens'),
  cancel: text('name', 'cancels a replay to dev that is under way'),
  name: text('name', 'of the replay (default: a new one)'),
  wiring,
  allowPrivateSources: flag('with local: sources may be on this machine and in private networks')
}

type Asked = Values<typeof options>

export interface ReplayRequest {
  readonly target: TargetName
  readonly isExportAlone: boolean
  readonly window: Window
  readonly source: EventSource
}

const chooseSource = ({aws, data, fromFile, endpoint}: Asked, target: TargetName): EventSource => {
  if ([aws, data, fromFile, endpoint].filter((value) => value !== undefined && value !== false).length > 1) {
    throw new UsageError('Expected one of --aws, --endpoint, --data and --from-file; got several.')
  }
  if (target === 'dev' && (data !== undefined || fromFile !== undefined)) {
    throw new UsageError('Expected --target local or shadow with --data and --from-file: a replay to dev is between two buses.')
  }
  if (fromFile !== undefined) {
    return {kind: 'file', path: fromFile}
  }
  return aws || endpoint !== undefined || target === 'dev' ? {kind: 'aws'} : {kind: 'folder', path: data ?? dataFolder}
}

/** A file holds what it holds; of an archive a window must be named. */
const readWindow = ({from, to}: Asked, source: EventSource, now: number): Window => {
  if (from === undefined && source.kind !== 'file') {
    throw new UsageError('Expected --from TIME: since when events are to be replayed.')
  }
  const window = {from: from === undefined ? 0 : parseMoment('--from', from, now), to: parseMoment('--to', to === '' ? '0m' : to, now)}
  if (window.from >= window.to) {
    throw new UsageError('Expected --from to be before --to.')
  }
  return window
}

/** What the options mean. Throws UsageError, and what is wrong with a time. */
export const readRequest = (asked: Asked, now: number): ReplayRequest => {
  const isExportAlone = asked.export !== undefined && asked.target === undefined
  const target = isExportAlone ? 'shadow' : asked.target ?? 'dev'
  if (target === 'dev' && asked.event.length + asked.file.length > 0) {
    throw new UsageError('Expected no --event and no --file with --target dev: the rule ReplayToDev hands on every event of the replay, '
      + 'and its role serves no other rule. Choose the window, or another target.')
  }
  const source = chooseSource(asked, target)
  return {target, isExportAlone, source, window: readWindow(asked, source, now)}
}
