import assert from 'node:assert/strict'
import {setTimeout as sleep} from 'node:timers/promises'
import {ListObjectsV2Command} from '@aws-sdk/client-s3'
import {paginateScan} from '@aws-sdk/lib-dynamodb'
import type {Observation} from '../../../local/runtime/core/types'
import type {FileRecord} from '../../../src/types/domain'
import {call, type Accepted} from '../../helpers/api'
import {type MediaSite, startMediaSite} from '../../helpers/media-site'
import {eventually} from '../../helpers/system'
import {bucketName} from '../../helpers/wiring'
import {concurrently} from '../concurrent'
import type {Context, Figures} from '../proof'
import {seededRandom} from '../../../local/runtime/clock/random'
import {shuffled} from '../random'
import {startSystem, type System} from '../system'

const requests = 2_000
/** Files of the burst; in the long form each request has its own. */
const files = 250
const patienceMilliseconds = 20 * 60_000

interface Wish {
  readonly user: string
  readonly url: string
}

/** As many requests for each file, each of another user, in any order. */
const wishes = ({seed, long}: Context, site: MediaSite): Wish[] => {
  const count = long ? requests : files
  return shuffled(Array.from({length: requests}, (_, index) => ({
    user: `user-${Math.floor(index / count)}`, url: site.url(`/synthetic/20000.mp4?file=${index % count}`)
  })), seededRandom(seed))
}

/** As a client does: it asks again where the API says that it is too busy. Returns how often it had to. */
const ask = async (system: System, {user, url}: Wish): Promise<number> => {
  for (let retries = 0; ; retries++) {
    const {status} = await call<Accepted>(system, user, 'POST', '/files', {url})
    if (status === 200 || status === 202) {
      return retries
    }
    assert.equal(status, 503, 'a request is accepted, or told to come again')
    await sleep(1_000)
  }
}

const records = async ({table}: System): Promise<FileRecord[]> => {
  const found: FileRecord[] = []
  for await (const {Items = []} of paginateScan({client: table}, {TableName: 'MediaDownloader'})) {
    found.push(...Items.filter(({SK}) => SK === 'FILE') as FileRecord[])
  }
  return found
}

const objects = async ({s3}: System): Promise<number> => {
  let count = 0
  let ContinuationToken: string | undefined
  do {
    const page = await s3.send(new ListObjectsV2Command({Bucket: bucketName(), ContinuationToken}))
    count += page.KeyCount ?? 0
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken !== undefined)
  return count
}

const untilPushed = ({runtime}: System, {progress}: Context): Promise<true> => {
  let told = 0
  return eventually(`${requests} pushes`, () => {
    const count = runtime.notifications().length
    if (count >= told + 500) {
      told = count
      progress(`${count} pushes`)
    }
    return count >= requests || undefined
  }, patienceMilliseconds)
}

const storm = async (system: System, site: MediaSite, failed: ReadonlySet<string>, context: Context): Promise<Figures> => {
  const all = wishes(context, site)
  const users = [...new Set(all.map(({user}) => user))]
  await concurrently(users, 20, (user) => call(system, user, 'PUT', '/devices/phone', {platform: 'FCM', token: `token-of-${user}`}))
  const began = Date.now()
  const retries = (await Promise.all(all.map((wish) => ask(system, wish)))).reduce((sum, each) => sum + each, 0)
  const accepted = (Date.now() - began) / 1_000
  context.progress(`${requests} requests are accepted after ${accepted.toFixed(1)} s`)
  await untilPushed(system, context)
  const seconds = (Date.now() - began) / 1_000
  await system.quiet(1_500)
  const stored = await records(system)
  const distinct = new Set(all.map(({url}) => url)).size
  const outcome = {
    files: stored.length, downloaded: stored.filter(({status}) => status === 'Downloaded').length, objects: await objects(system),
    pushes: system.runtime.notifications().length, 'dead letters': failed.size
  }
  assert.deepEqual(outcome, {files: distinct, downloaded: distinct, objects: distinct, pushes: requests, 'dead letters': 0})
  return {requests, 'asked again after 503': retries, 'seconds to accept': accepted.toFixed(1), 'seconds to push': seconds.toFixed(1), ...outcome}
}

/** 2,000 requests at once: each is accepted, and each ends in its file and its push. */
export const burst = async (context: Context): Promise<Figures> => {
  const failed = new Set<string>()
  const observe = (observation: Observation): void => {
    if (observation.type === 'delivery' && observation.outcome === 'dead-lettered') {
      failed.add(observation.eventId)
    }
  }
  const site = await startMediaSite()
  const system = await startSystem({observe})
  try {
    return await storm(system, site, failed, context)
  } finally {
    await system.stop()
    await site.close()
  }
}
