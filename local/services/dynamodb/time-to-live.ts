import {type Json, objectsIn} from '../../../shared/json'
import type {Clock} from '../../runtime/core/types'
import type {Engine} from './engine'
import type {TimeToLive} from './tables'

/** AWS takes days. */
const sweepMilliseconds = 60 * 60_000

const itemKey = (item: Json, {hashKey, rangeKey}: TimeToLive): Json =>
  Object.fromEntries([hashKey, rangeKey].filter((name) => name !== '').map((name) => [name, item[name]]))

/** Removes what has expired, unless it was changed in between. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html */
export const sweepTable = async (engine: Engine, ttl: TimeToLive, now: number): Promise<void> => {
  const expired = {
    ExpressionAttributeNames: {'#ttl': ttl.attribute},
    ExpressionAttributeValues: {':now': {N: String(Math.floor(now / 1000))}}
  }
  let from: unknown
  do {
    const page = await engine.call('Scan', {TableName: ttl.table, FilterExpression: '#ttl < :now', ...expired, ...(from !== undefined && {ExclusiveStartKey: from})})
    for (const item of objectsIn(page['Items'])) {
      await engine.call('DeleteItem', {TableName: ttl.table, Key: itemKey(item, ttl), ConditionExpression: '#ttl < :now', ...expired}).catch(ignoreChanged)
    }
    from = page['LastEvaluatedKey']
  } while (from !== undefined)
}

const ignoreChanged = (error: Error & {code?: string}): void => {
  if (error.code !== 'ConditionalCheckFailedException') {
    throw error
  }
}

/** Sweeps all tables now and then; returns a function that ends it. */
export const keepSweeping = (engine: Engine, ttls: readonly TimeToLive[], clock: Clock): () => void => {
  let cancel = (): void => undefined
  let stopped = false
  const next = (): void => {
    cancel = clock.at(clock.now() + sweepMilliseconds, () => Promise.all(ttls.map((ttl) => sweepTable(engine, ttl, clock.now())))
      .catch((error: Error) => process.emitWarning(error))
      .finally(() => stopped || next()), 'housekeeping')
  }
  next()
  return () => {
    stopped = true
    cancel()
  }
}
