import assert from 'node:assert/strict'
import type {Fault} from '../../../local/faults/fault'
import {outcomeOf} from '../world/outcome'
import {large} from '../world/source'
import type {World} from '../world/world'

/** A call that the system makes of AWS on its way from a request to a push. */
export interface SystemCall {
  readonly by: string
  readonly at: string
  /** Only files that are fetched by ranges need it. */
  readonly forLarge: boolean
}

export interface Job {
  readonly user: string
  readonly name: string
  readonly fileId: string
  /** What the API answered in the end. */
  readonly answered: number
}

export const nameOf = (tag: string, isLarge: boolean): string => isLarge ? large(`${tag}.mp4`) : `${tag}.mp4`

/** Asks for a file; what follows needs time. */
export const begin = async (world: World, tag: string, isLarge: boolean): Promise<Job> => {
  const user = `user-${tag}`
  const name = nameOf(tag, isLarge)
  const {status, body} = await world.ask(user, name, 0)
  return {user, name, fileId: body.fileId, answered: status}
}

const watch = async (world: World, tag: string, isLarge: boolean): Promise<ReadonlyArray<{readonly by: string, readonly at: string}>> => {
  const watching: Fault = {at: '*.*', effect: 'error', nth: Number.MAX_SAFE_INTEGER}
  world.system.runtime.faults.add([watching])
  await world.registerDevice(`user-${tag}`)
  const {fileId} = await begin(world, tag, isLarge)
  await world.clock.rest()
  const calls = world.system.runtime.faults.places()
    .flatMap(({by, at}) => by === undefined || /^(deliver|kill|runtime)\./.test(at) ? [] : [{by, at}])
  world.system.runtime.faults.remove()
  const {status} = await outcomeOf(world, fileId)
  assert.equal(status, 'Downloaded', `${tag}, whose calls are watched, goes well`)
  return calls
}

/** The calls of two jobs that go well, one of them by ranges, in the order in which they came. */
export const callsOf = async (world: World): Promise<readonly SystemCall[]> => {
  const small = await watch(world, 'watched', false)
  const more = (await watch(world, 'watched-too', true)).filter((call) => !small.some(({by, at}) => call.by === by && call.at === at))
  return [...small.map((call) => ({...call, forLarge: false})), ...more.map((call) => ({...call, forLarge: true}))]
}
