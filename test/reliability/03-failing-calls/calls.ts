import assert from 'node:assert/strict'
import type {Fault} from '../../../local/lab/faults/fault'
import {outcomeOf} from '../world/outcome'
import {large, tiny} from '../world/source'
import type {World} from '../world/world'

export type Kind = 'usual' | 'large' | 'tiny'

/** A call that the system makes of AWS on its way from a request to a push. */
export interface SystemCall {
  readonly by: string
  readonly at: string
  /** Which files need it: any, those that are fetched by ranges, or those that a look brings. */
  readonly kind: Kind
}

export interface Job {
  readonly user: string
  readonly name: string
  readonly fileId: string
  /** What the API answered in the end. */
  readonly answered: number
}

export const nameOf = (tag: string, kind: Kind): string => ({usual: (name: string) => name, large, tiny})[kind](`${tag}.mp4`)

/** Asks for a file; what follows needs time. */
export const begin = async (world: World, tag: string, kind: Kind): Promise<Job> => {
  const user = `user-${tag}`
  const name = nameOf(tag, kind)
  const {status, body} = await world.ask(user, name, 0)
  return {user, name, fileId: body.fileId, answered: status}
}

const watch = async (world: World, tag: string, kind: Kind): Promise<ReadonlyArray<{readonly by: string, readonly at: string}>> => {
  const watching: Fault = {at: '*.*', effect: 'error', nth: Number.MAX_SAFE_INTEGER}
  world.system.runtime.faults.add([watching])
  await world.registerDevice(`user-${tag}`)
  const {fileId} = await begin(world, tag, kind)
  await world.clock.rest()
  const calls = world.system.runtime.faults.places()
    .flatMap(({by, at}) => by === undefined || /^(deliver|kill|runtime)\./.test(at) ? [] : [{by, at}])
  world.system.runtime.faults.remove()
  const {status} = await outcomeOf(world, fileId)
  assert.equal(status, 'Downloaded', `${tag}, whose calls are watched, goes well`)
  return calls
}

/** The calls of three jobs that go well, one of them by ranges and one by the look alone, in the order in which they came. */
export const callsOf = async (world: World): Promise<readonly SystemCall[]> => {
  const calls: SystemCall[] = []
  for (const kind of ['usual', 'large', 'tiny'] as const) {
    const made = await watch(world, `watched-${kind}`, kind)
    calls.push(...made.filter(({by, at}) => !calls.some((call) => call.by === by && call.at === at)).map((call) => ({...call, kind})))
  }
  return calls
}
