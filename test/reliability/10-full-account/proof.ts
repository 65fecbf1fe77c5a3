import assert from 'node:assert/strict'
import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {readWiring, type Wiring} from '../../../shared/wiring/wiring'
import {percentile} from '../../bench/events/measure'
import {type MediaSite, startMediaSite} from '../../helpers/media-site'
import {eventually} from '../../helpers/system'
import {concurrently} from '../concurrent'
import type {Context, Figures, Proof} from '../proof'
import {forget, startSystem, type System} from '../system'
import {type Asked, createClient, idle, spoiled, trickle, wishesOf} from './load'
import {createWatch, type Watch} from './watch'

/** What a new account has. */
const concurrency = 10
/** The API's reserve; the other six are everybody's. Lambda itself would keep more for these, so that only a larger account can have it. */
const reserve = {RequestFile: 2, ListFiles: 2}
/** Another application has all that transfers need. */
const full = {TransferFile: 0}
const [files, longFiles] = [100, 2_000]
const maxMilliseconds = 1_000
/** A call of the API on a free machine takes less, in the mean. */
const freeMilliseconds = 25

const withReserve = (reserved: Readonly<Record<string, number>>): Wiring => {
  const resources = readWiring('local/wiring.json').resources.map((resource) => {
    const own = resource.type === 'aws_lambda_function' ? reserved[String(resource.values['function_name'])] : undefined
    return own === undefined ? resource : {...resource, values: {...resource.values, reserved_concurrent_executions: own}}
  })
  return {resources, ofType: (type) => resources.filter((resource) => resource.type === type)}
}

/** No host's limit, only Lambda's; and ranges of few bytes. */
const environment = {RANGED_FROM_BYTES: '100000', HOST_CONCURRENCY: '0'}

/** Everybody asks while nothing can be transferred. Returns what was asked for, and how long a call takes if nothing else happens. */
const ask = async (data: string, site: MediaSite, watch: Watch, {long, progress}: Context): Promise<{asked: Asked[], alone: number}> => {
  const system = await startSystem({wiring: withReserve(full), data, observe: watch.observe, environment})
  try {
    const client = createClient(system)
    await client.register()
    const asked = await concurrently(wishesOf(site, long ? longFiles : files), 4, client.ask)
    await eventually('every workflow to be refused', () => watch.waiting.size >= asked.length || undefined, 20 * 60_000)
    const alone = await idle(client, asked[0]!)
    progress(`${asked.length} files wait for a place; a call of the API takes ${alone.toFixed(1)} ms meanwhile`)
    return {asked, alone}
  } finally {
    await system.stop()
  }
}

const arrive = ({keys, counts}: Watch, {long, progress}: Context, count: number): Promise<true> => {
  let told = 0
  return eventually(`${count} files`, () => {
    assert.equal(counts.failed, 0, 'no file fails for want of room')
    if (keys.size >= told + count / 4) {
      told = keys.size
      progress(`${told} files are here; the workflow was refused ${counts.refused} times`)
    }
    return keys.size >= count || undefined
  }, long ? 80 * 60_000 : 8 * 60_000)
}

/** All of them at once, with places for ten; users look and ask meanwhile. Returns the milliseconds of their calls, ascending. */
const bring = async (system: System, watch: Watch, asked: readonly Asked[], context: Context): Promise<readonly number[]> => {
  const client = createClient(system)
  const before = watch.counts.refused
  let isDone = false
  const ended = arrive(watch, context, asked.length).finally(() => { isDone = true })
  await Promise.all([ended, trickle(client, asked, () => isDone)])
  // Events that found no place come again after minutes.
  await system.quiet(1_500, 10 * 60_000)
  const {counts, keys} = watch
  const outcome = {...counts, files: keys.size, pushes: system.runtime.notifications().length, refused: counts.refused > before}
  const count = asked.length
  assert.deepEqual(outcome, {objects: count, files: count, pushes: count, failed: 0, 'dead letters': 0, refused: true}, 'each file is here, once')
  assert.deepEqual(await spoiled(system, keys, asked), [], 'each has the bytes of its source')
  return client.milliseconds.toSorted((one, other) => one - other)
}

const prove = async (data: string, site: MediaSite, context: Context): Promise<Figures> => {
  const watch = createWatch()
  const {asked, alone} = await ask(data, site, watch, context)
  const refused = watch.counts.refused
  const began = Date.now()
  const system = await startSystem({wiring: withReserve(reserve), concurrency, data, observe: watch.observe, environment})
  try {
    const took = await bring(system, watch, asked, context)
    const [p99, limit] = [percentile(took, 0.99), maxMilliseconds * Math.max(1, alone / freeMilliseconds)]
    const figures = {
      files: asked.length, seconds: ((Date.now() - began) / 1_000).toFixed(1), 'refused before': refused, 'refused meanwhile': watch.counts.refused - refused,
      'API calls': took.length, 'API ms alone': alone.toFixed(1), 'API ms p50': percentile(took, 0.5).toFixed(1), 'API ms p99': p99.toFixed(1),
      'ms limit of p99': Math.round(limit)
    }
    assert.ok(p99 < limit, `Expected the API's p99 below ${limit.toFixed(0)} ms: ${JSON.stringify(figures)}`)
    return figures
  } finally {
    await system.stop()
  }
}

export const proof: Proof = {
  number: 10,
  title: 'A full account',
  isAlone: true,
  minutes: 10,
  longMinutes: 100,
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'full-account-'))
    const site = await startMediaSite()
    try {
      return await prove(folder, site, context)
    } finally {
      await site.close()
      await forget(folder)
    }
  }
}
