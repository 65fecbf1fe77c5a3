import {type Entry, isOfType} from '../../../api/entry'

export interface Item {
  readonly name: string
  readonly quantity: string
  readonly dollars: number
}

export type Prices = Readonly<Record<string, number>>

const partBytes = 8 * 1024 * 1024
const megabytesPerGigabyte = 1024

/** What this download would have cost on AWS by list prices, without free tiers, storage for a month included. */
export const listCosts = (entries: readonly Entry[], memoryOf: (functionName: string) => number, prices: Prices): Item[] => {
  const price = (name: string): number => prices[name] ?? 0
  const invocations = entries.filter(isOfType('invocation'))
  const gigabyteSeconds = invocations
    .reduce((sum, {functionName, milliseconds}) => sum + memoryOf(functionName) / megabytesPerGigabyte * milliseconds / 1000, 0)
  const transitions = entries.filter(isOfType('state')).filter(({phase}) => phase === 'entered' || phase === 'retrying').length
  const events = entries.filter(isOfType('event')).length
  const pushes = entries.filter(isOfType('notification')).length
  const bytes = entries.filter(isOfType('object')).reduce((sum, {size}) => sum + size, 0)
  const puts = bytes === 0 ? 0 : Math.ceil(bytes / partBytes) + 2
  return [
    {name: 'Lambda requests', quantity: String(invocations.length), dollars: invocations.length * price('lambdaRequests')},
    {name: 'Lambda time', quantity: `${gigabyteSeconds.toFixed(2)} GB-s`, dollars: gigabyteSeconds * price('lambdaGbSeconds')},
    {name: 'Step Functions', quantity: `${transitions} transitions`, dollars: transitions * price('transitions')},
    {name: 'EventBridge', quantity: `${events} events`, dollars: events * price('events')},
    {name: 'S3 requests', quantity: String(puts), dollars: puts * price('s3Writes')},
    {name: 'S3 for a month', quantity: `${(bytes / 1e6).toFixed(1)} MB`, dollars: bytes / 1024 ** 3 * price('s3GbMonths')},
    {name: 'Pushes', quantity: String(pushes), dollars: pushes * price('pushes')}
  ]
}
