import assert from 'node:assert/strict'
import {effects, type Fault} from '../../../local/lab/faults/fault'
import {call} from '../../helpers/api'
import {concurrently} from '../concurrent'
import {leftovers, outcomeOf} from '../world/outcome'
import {large, rateLimited, well} from '../world/source'
import type {World} from '../world/world'

/** A route of the API whose function makes calls of its own; `use` returns the status, `hold` is what is true once it was answered well. */
interface Door {
  readonly by: string
  prepare: (world: World, tag: string) => Promise<void>
  use: (world: World, tag: string) => Promise<number>
  hold: (world: World, tag: string) => Promise<void>
}

const day = 86_400_000

const nameOf = (tag: string): string => large(`${tag}.mp4`)
const nothing = async (): Promise<void> => undefined

/** A file whose transfer waits for its source. */
const waiting = async (world: World, tag: string): Promise<void> => {
  world.source.behave(nameOf(tag), (exchange) => (exchange.request.headers.range === undefined ? well : rateLimited(3_600))(exchange))
  const {status} = await world.ask(tag, nameOf(tag))
  assert.equal(status, 202)
  await world.clock.advanceTo(world.clock.now() + 60_000)
}

const doors: readonly Door[] = [
  {
    by: 'RegisterDevice', prepare: nothing,
    use: async ({system}, tag) => (await call(system, tag, 'PUT', '/devices/phone', {platform: 'APNS', token: `token-of-${tag}`})).status,
    hold: async ({system}, tag) => assert.equal((await call(system, tag, 'DELETE', '/devices/phone')).status, 204, 'the device is known')
  },
  {
    by: 'ListFiles', prepare: nothing,
    use: async ({system}, tag) => (await call(system, tag, 'GET', '/files')).status,
    hold: nothing
  },
  {
    by: 'CancelFile', prepare: waiting,
    use: async (world, tag) => (await call(world.system, tag, 'POST', `/files/${world.fileIdOf(nameOf(tag))}/cancel`)).status,
    hold: async (world, tag) => {
      await world.clock.rest()
      const {status, error, objects} = await outcomeOf(world, world.fileIdOf(nameOf(tag)))
      assert.deepEqual({status, error, objects}, {status: 'Failed', error: 'CancelledError', objects: 0})
    }
  }
]

interface Case {
  readonly door: Door
  readonly fault: Fault
  readonly tag: string
}

const callsOf = async (world: World, door: Door): Promise<string[]> => {
  const tag = `watched-${door.by}`
  await door.prepare(world, tag)
  world.system.runtime.faults.add([{at: '*.*', by: door.by, effect: 'error', nth: Number.MAX_SAFE_INTEGER}])
  assert.ok(await door.use(world, tag) < 300, `${door.by} answers well where nothing fails`)
  const calls = world.system.runtime.faults.places().flatMap(({by, at}) => by === door.by ? [at] : [])
  world.system.runtime.faults.remove()
  await door.hold(world, tag)
  return calls
}

const casesOf = (door: Door, calls: readonly string[]): Case[] => calls.flatMap((at) => effects.call.flatMap((effect) => ([1, 'always'] as const)
  .map((times) => ({door, fault: {at, by: door.by, effect, times}, tag: `${door.by}-${at}-${effect}-${times}`.replaceAll('.', '-')}))))

/** Refused as a server in trouble does, or answered well; and in order once nothing fails any more and the user has asked again. */
const run = async (world: World, {door, fault, tag}: Case): Promise<string | undefined> => {
  const {faults} = world.system.runtime
  await door.prepare(world, tag)
  const [planned] = faults.add([fault])
  const answered = await door.use(world, tag)
  const struck = faults.list().find(({id}) => id === planned!.id)?.struck ?? 0
  faults.remove(planned!.id)
  try {
    assert.ok(struck > 0, 'the fault struck')
    assert.ok(answered >= 500 || answered < 300, `it was answered ${answered}`)
    if (answered >= 500) {
      assert.ok(await door.use(world, tag) < 300, 'asking again does')
    }
    await door.hold(world, tag)
    return undefined
  } catch (error) {
    return `${fault.at} by ${door.by}: ${fault.effect} ${fault.times === 1 ? 'once' : 'for good'}: ${(error as Error).message}`
  }
}

/** The calls of the functions that users wait for: what they read is so, or they read that they should try again, and then it is. */
export const proveDoors = async (world: World, progress: (text: string) => void): Promise<number> => {
  const cases: Case[] = []
  for (const door of doors) {
    cases.push(...casesOf(door, await callsOf(world, door)))
  }
  progress(`${cases.length} cases of functions that users wait for`)
  // One by one: a fault strikes any caller.
  const problems = (await concurrently(cases, 1, (each) => run(world, each))).filter((problem) => problem !== undefined)
  assert.deepEqual(problems, [])
  // An upload that could not be aborted is the bucket's lifecycle's.
  await world.clock.advanceTo(world.clock.now() + 2 * day)
  assert.deepEqual(await leftovers(world), {uploads: 0, parts: 0})
  return cases.length
}
