import {DynamoDBClient, UpdateTableCommand} from '@aws-sdk/client-dynamodb'
import {isErrorNamed} from '../../../shared/errors'
import {listKeys, trustedJson} from '../../../shared/json'
import {ask} from '../../program/ask'
import type {Output, Result} from '../../../shared/cli/command'
import {RefusedError, UsageError} from '../../../shared/cli/errors'
import {many} from '../../program/many'
import {clientOptions, s3Client} from '../account'
import type {Environment} from '../environment'
import {categories} from '../guard'
import {variableOptions} from '../plan'
import {demand, prepare, type Stack} from '../prepare'
import {emptyBucket} from './bucket'
import {listLosses} from './losses'
import {type Holdings, readHoldings, type State} from './resources'
import {stopWorkflow} from './workflow'

/** A transfer that was under way may still write, for as long as its function lives. */
const maxTries = 3

const isSure = async (name: string, confirmed: string | undefined): Promise<boolean> => {
  if (confirmed !== undefined && confirmed !== name) {
    throw new UsageError(`--confirm has to be the stack's name, ${name}; it is '${confirmed}'.`)
  }
  return confirmed === name
    || await ask(`Type ${name} to destroy it for good: `, `Say --confirm ${name} to destroy it: there is no terminal to ask at.`) === name
}

const liftProtection = async (tables: readonly string[], region: string): Promise<void> => {
  const client = new DynamoDBClient(clientOptions(region))
  for (const TableName of tables) {
    await client.send(new UpdateTableCommand({TableName, DeletionProtectionEnabled: false})).catch((error: unknown) => {
      if (!isErrorNamed(error, 'ResourceNotFoundException')) {
        throw error
      }
    })
  }
}

const emptyBuckets = async (buckets: readonly string[], region: string): Promise<number> => {
  let deleted = 0
  for (const bucket of buckets) {
    deleted += await emptyBucket(s3Client(region), bucket).catch((error: unknown) => {
      if (!isErrorNamed(error, 'NoSuchBucket')) {
        throw error
      }
      return 0
    })
  }
  return deleted
}

const destroyEmptied = async ({environment, tofu, output}: Stack, {buckets}: Holdings): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    output.print(`${many(await emptyBuckets(buckets, environment.region), 'object or old version', 'objects and old versions')} deleted.`)
    const finished = await tofu.run(['destroy', '-no-color', '-auto-approve', '-lock-timeout=10m', ...variableOptions(environment)], {shown: true})
    if (finished.code === 0) {
      return
    }
    if (tries === maxTries || !finished.stderr.includes('BucketNotEmpty')) {
      throw new RefusedError(`${tofu.program} destroy failed. What is gone is gone, what is left stands in the state: run the same command again.`)
    }
  }
}

/** `stack destroy`: says what is lost, asks, stops what runs, lifts the guards, empties, destroys. */
export const destroyStack = async (
  environment: Environment, confirmed: string | undefined, frame: {readonly json: boolean, readonly output: Output}
): Promise<Result> => {
  const {suffix, region} = environment
  const stack = await prepare(environment, new Set(listKeys(categories)), frame)
  const {tofu, output: {print}} = stack
  const holdings = readHoldings(trustedJson<State>(demand(await tofu.run(['show', '-json']), `${tofu.program} show`)))
  if (holdings.count === 0) {
    return {value: {destroyed: false}, text: 'Nothing is there to destroy: the state is empty.'}
  }
  print(`With MediaDownloader${suffix} in ${region} go ${many(holdings.count, 'resource')}, and for good:`)
  const losses = await listLosses(holdings, region)
  losses.forEach((line) => print(`  ${line}`))
  if (!await isSure(`MediaDownloader${suffix}`, confirmed)) {
    return {value: {destroyed: false}, text: 'Nothing was destroyed.', code: 1}
  }
  print(`${many(await stopWorkflow(holdings, region), 'execution')} stopped.`)
  await liftProtection(holdings.tables, region)
  await destroyEmptied(stack, holdings)
  return {value: {destroyed: true}, text: ''}
}
