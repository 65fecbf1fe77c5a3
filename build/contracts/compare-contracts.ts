import {meaning} from '../../shared/contracts/canonical'
import {breaking, safe, type Change} from '../../shared/contracts/change'
import {compareSchemas} from '../../shared/contracts/compare'
import {readSource, type Contract} from '../../shared/contracts/schema'

/** A change and the event it belongs to. */
export interface EventChange extends Change {
  readonly event: string
}

/** Every difference between two sets of contracts: events that are new, gone or renamed, and the changes of the others. */
export const compareContracts = (before: readonly Contract[], after: readonly Contract[]): EventChange[] => {
  const was = new Map(before.map((contract) => [contract.event, contract]))
  const is = new Map(after.map((contract) => [contract.event, contract]))
  const added = after.filter(({event}) => !was.has(event))
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((event) => {
    const [old, now] = [was.get(event), is.get(event)]
    const changes = old === undefined
      ? [safe('', `new event of ${readSource(now!.schema)}`)]
      : now === undefined ? [goneOrRenamed(old, added)] : compareSchemas(old.schema, now.schema)
    return changes.map((change) => ({event, ...change}))
  })
}

const goneOrRenamed = (old: Contract, added: readonly Contract[]): Change => {
  const heir = added.find(({schema}) => body(schema) === body(old.schema))
  return heir === undefined
    ? breaking('', 'removed: rules wait for it without success and archived events find no contract')
    : breaking('', `renamed to ${heir.event}: rules and consumers know it by its name, archived events keep the old one`)
}

const body = ({title: _, ...schema}: Contract['schema']): string => meaning(schema)
