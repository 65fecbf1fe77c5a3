import {columns} from '../../shared/table'
import type {Group, Redriven} from './commands'
import type {Letter} from './letter'

const formatFileIds = (fileIds: readonly string[]): string =>
  `${fileIds.slice(0, 3).join(', ')}${fileIds.length > 3 ? ` and ${fileIds.length - 3} more` : ''}`

/** One line a group of letters. */
export const groupsText = (groups: readonly Group[], queues: number): string => groups.length === 0
  ? `No dead letters in ${queues} queues.`
  : columns(['queue', 'from', 'error', 'event', 'count', 'oldest', 'files'], groups.map(({queue, from, error, event, count, oldest, fileIds}) =>
      [queue, from, error, event, String(count), oldest, formatFileIds(fileIds)]))

const letterText = ({messageId, queue, since, from, error, reason, attempts, event, fileId, correlationId, payload}: Letter): string => [
  `${messageId}  in ${queue} since ${since}`,
  `  ${event} by ${from}: ${error}${reason === '' ? '' : ` (${reason})`}, after ${attempts} attempts`,
  `  file ${fileId ?? 'unknown'}, correlation id ${correlationId ?? 'unknown'}`,
  `  ${JSON.stringify(payload)}`
].join('\n')

/** Every letter with all that is known of it. */
export const lettersText = (letters: readonly Letter[]): string => letters.length === 0 ? 'No dead letters.' : letters.map(letterText).join('\n\n')

/** What went on its way, and what did not and why. */
export const redrivenText = ({sent, left}: Redriven): string => [
  `${sent.length} sent on their way again, ${left.length} left.`,
  ...left.map(({letter, why}) => `  ${letter.messageId} in ${letter.queue}: ${why}`)
].join('\n')
