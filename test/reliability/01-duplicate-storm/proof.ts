import assert from 'node:assert/strict'
import {ListMultipartUploadsCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import type {Observation} from '../../../local/runtime/core/types'
import {call, type Accepted} from '../../helpers/api'
import {type MediaSite, startMediaSite} from '../../helpers/media-site'
import {eventually} from '../../helpers/system'
import {bucketName} from '../../helpers/wiring'
import {concurrently} from '../concurrent'
import type {Context, Figures, Proof} from '../proof'
import {seededRandom} from '../../../local/runtime/clock/random'
import {shuffled} from '../random'
import {startSystem, type System} from '../system'
import {replayAll} from './replay'

const users = 1_000
const requestsEach = 10
/** Of the users, those whose every request comes when the file is there already. */
const lateUsers = 200
/** Of the others' requests, the share that does. */
const delayed = 0.25
// As many as the runtime has functions for: the HTTP API answers 503 after a wait of 30 s.
const atOnce = 40

const names = Array.from({length: users}, (_, index) => `user-${index}`)

/** Every user's requests in any order: those of the burst, and those that come once the file is there. */
const requestsOf = (random: () => number): readonly [string[], string[]] => {
  const all = shuffled(names.flatMap((user, index) =>
    Array.from({length: requestsEach}, () => ({user, isLate: index < lateUsers || random() < delayed}))), random)
  const usersOf = (late: boolean): string[] => all.filter(({isLate}) => isLate === late).map(({user}) => user)
  return [usersOf(false), usersOf(true)]
}

const registerAll = async (system: System): Promise<void> => {
  const statuses = await concurrently(names, atOnce, async (user) =>
    (await call(system, user, 'PUT', '/devices/phone', {platform: 'APNS', token: `token-of-${user}`})).status)
  assert.deepEqual([...new Set(statuses)], [200])
}

const ask = async (system: System, url: string, storm: readonly string[]): Promise<Accepted[]> => {
  const answers = await concurrently(storm, atOnce, (user) => call<Accepted>(system, user, 'POST', '/files', {url}))
  assert.deepEqual(answers.filter(({status}) => status !== 200 && status !== 202), [], 'every request is accepted')
  return answers.map(({body}) => body)
}

const untilPushed = ({runtime}: System, count: number): Promise<true> =>
  eventually(`${count} pushes`, () => runtime.notifications().length >= count || undefined, 60_000)

/** What came of the storm: exactly one of everything, and a push a user. */
const effects = async ({runtime, s3}: System, seen: readonly Observation[], site: MediaSite) => {
  const Bucket = bucketName()
  const {Contents = []} = await s3.send(new ListObjectsV2Command({Bucket}))
  const {Uploads = []} = await s3.send(new ListMultipartUploadsCommand({Bucket}))
  const pushes = runtime.notifications()
  return {
    transfers: seen.filter((each) => each.type === 'state' && each.state === 'TransferFile' && each.phase === 'entered').length,
    // One to look at the first bytes, one for all of them.
    'requests to the source': site.requests.length,
    objects: Contents.length,
    'uploads left open': Uploads.length,
    'objects written': seen.filter(({type}) => type === 'object').length,
    pushes: pushes.length,
    'users told': new Set(pushes.map(({userId}) => userId)).size,
    'dead letters': seen.filter((each) => each.type === 'delivery' && each.outcome === 'dead-lettered').length,
    'failed invocations': seen.filter((each) => each.type === 'invocation' && each.error !== undefined).length
  }
}

const once = {
  transfers: 1, 'requests to the source': 2, objects: 1, 'uploads left open': 0, 'objects written': 1, pushes: users, 'users told': users,
  'dead letters': 0, 'failed invocations': 0
}

const storm = async (system: System, site: MediaSite, seen: readonly Observation[], {seed, progress}: Context): Promise<Figures> => {
  const random = seededRandom(seed)
  const [early, late] = requestsOf(random)
  const url = site.url('/clip.mp4?storm=1')
  await registerAll(system)
  progress(`${users} devices are registered`)

  const began = performance.now()
  const answers = await ask(system, url, early)
  await untilPushed(system, new Set(early).size)
  progress(`${answers.length} requests: ${system.runtime.notifications().length} pushes`)
  answers.push(...await ask(system, url, late))
  await untilPushed(system, users)
  const perSecond = Math.round(answers.length / ((performance.now() - began) / 1_000))
  await system.quiet(1_500)
  progress(`${answers.length} requests, ${perSecond} a second: ${system.runtime.notifications().length} pushes`)
  assert.equal(new Set(answers.map(({fileId}) => fileId)).size, 1, 'all ask for one file')
  assert.deepEqual(await effects(system, seen, site), once)

  const replayed = await replayAll(system, seen, random)
  await system.quiet(1_500)
  progress(`${replayed.events} events and ${replayed.notifications} bucket notifications came again`)
  assert.deepEqual(await effects(system, seen, site), once, 'a replay has no effect')
  return {users, requests: answers.length, 'requests per second': perSecond, 'events replayed': replayed.events, ...once}
}

export const proof: Proof = {
  number: 1,
  title: 'Duplicate storm',
  minutes: 10,
  run: async (context) => {
    const seen: Observation[] = []
    const site = await startMediaSite()
    const system = await startSystem({observe: (observation) => { seen.push(observation) }})
    try {
      return await storm(system, site, seen, context)
    } finally {
      await system.stop()
      await site.close()
    }
  }
}
