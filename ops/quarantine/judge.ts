import {readSource, type Contract} from '../../shared/contracts/schema'
import {contractVersion} from '../../shared/contracts/version'
import {misfits} from './fit'
import type {Refused} from './refused'

/** What can be done about a refused event: reinject it, fix it first, or neither. */
export interface Judgement {
  readonly state: 'ready' | 'unfit' | 'stuck'
  /** Why, in sentences. */
  readonly why: readonly string[]
  /** Version of the contract today; undefined if there is none. */
  readonly version?: string
}

const stuck = ({error, event, envelope, consumers}: Refused, contract: Contract | undefined): string | undefined => {
  if (contract === undefined) {
    return `${event} is no event of ours today`
  }
  if (envelope['replay-name'] !== undefined) {
    return `it comes from the replay ${envelope['replay-name']}: replay again, for the bus would take it for a live event`
  }
  if (error === 'UnknownEventError') {
    return `${consumers.join(', ')} did not take a ${event}: correct rule or function, then npm run dlq -- redrive ${consumers.map((name) => `${name}-failed`).join(' ')} --error ${error}`
  }
  return envelope.source === readSource(contract.schema) ? undefined : `its source is '${envelope.source}', not '${readSource(contract.schema)}': look at who published it`
}

/** Judges a refused event, as it is or as it was fixed, by the contracts of today. */
export const judge = (refused: Refused, contracts: readonly Contract[]): Judgement => {
  const contract = contracts.find(({event}) => event === refused.event)
  const version = contract === undefined ? {} : {version: contractVersion(contract.schema)}
  const obstacle = stuck(refused, contract)
  if (contract === undefined || obstacle !== undefined) {
    return {state: 'stuck', why: [obstacle ?? ''], ...version}
  }
  const why = misfits(contract.schema, refused.fixed ?? refused.envelope.detail)
  return why.length === 0
    ? {state: 'ready', why: [refused.fixed === undefined ? 'it fits the contract of today as it is' : 'it was fixed'], ...version}
    : {state: 'unfit', why, ...version}
}
