import {compareSchemas} from '../../shared/contracts/compare'
import type {PastContract} from '../../shared/contracts/history'
import type {Contract} from '../../shared/contracts/schema'
import {contractVersion} from '../../shared/contracts/version'
import {columns} from '../../shared/table'
import type {Case, Reinjected} from './commands'
import type {Refused} from './refused'

/** What `--json` says of an event. */
export const plain = ({refused: {letters, ...refused}, judgement}: Case): unknown =>
  ({...refused, ...judgement, queues: [...new Set(letters.map(({queue}) => queue))]})

const short = (text: string): string => text.length > 80 ? `${text.slice(0, 79)}…` : text

/** One line an event. */
export const listText = (cases: readonly Case[]): string => cases.length === 0
  ? 'Nothing is in quarantine.'
  : columns(['id', 'event', 'refused by', 'since', 'state', 'today'], cases.map(({refused: {id, event, since, consumers}, judgement: {state, why}}) =>
      [id, event, consumers.join(', '), since, state, short(why.join('; '))]))

/** Where the contract by which an event was read stands in history, and what became of it. */
const versionText = ({readBy}: Refused, contract: Contract | undefined, past: readonly PastContract[]): string[] => {
  if (readBy === undefined || contract === undefined) {
    return []
  }
  const today = contractVersion(contract.schema)
  const then = past.find(({schema}) => contractVersion(schema) === readBy)
  const found = then === undefined ? ', which is in no commit here' : `, of ${then.date.slice(0, 10)} (${then.commit.slice(0, 9)})`
  return [
    `  read by    version ${readBy} of the contract${found}${readBy === today ? ', the one of today' : `; today it is ${today}`}`,
    ...then === undefined ? [] : compareSchemas(then.schema, contract.schema).map(({path, why}) => `             since then ${path}: ${why}`)
  ]
}

const indented = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\n             ')

/** All that is known of an event. */
export const showText = ({refused, judgement: {state, why}}: Case, contract: Contract | undefined, past: readonly PastContract[]): string => [
  `${refused.event} ${refused.id}`,
  `  refused by ${refused.consumers.join(', ')}, since ${refused.since}, after ${Math.max(...refused.letters.map(({attempts}) => attempts))} attempts`,
  `  reason     ${refused.error}: ${refused.reason}`,
  ...versionText(refused, contract, past),
  `  today      ${state}: ${why.join('\n             ')}`,
  `  envelope   ${indented(refused.envelope)}`,
  ...refused.fixed === undefined ? [] : [`  fixed      ${indented(refused.fixed)}`]
].join('\n')

/** What is on the bus again, and what is not and why. */
export const reinjectedText = ({published, left}: Reinjected): string => [
  `${published.length} published, ${left.length} left.`,
  ...left.map(({refused: {id, event}, why}) => `  ${event} ${id}: ${why}`)
].join('\n')
