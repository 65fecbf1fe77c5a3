import type {Fault} from '../../../local/faults/fault'
import {outcomeOf, type Outcome} from '../world/outcome'
import type {World} from '../world/world'

/** A call that the system makes of AWS on its way from a request to a push. */
export interface SystemCall {
  readonly by: string
  readonly at: string
}

export interface Job {
  readonly user: string
  readonly name: string
  readonly fileId: string
  /** What the API answered in the end. */
  readonly answered: number
}

/** Registers a device and asks for a file; what follows needs time. */
export const begin = async (world: World, tag: string): Promise<Job> => {
  const user = `user-${tag}`
  const name = `${tag}.mp4`
  const {status, body} = await world.ask(user, name, 0)
  return {user, name, fileId: body.fileId, answered: status}
}

/** The calls of one job that goes well, in the order in which they came. */
export const callsOf = async (world: World): Promise<{calls: readonly SystemCall[], outcome: Outcome}> => {
  const watching: Fault = {at: '*.*', effect: 'error', nth: Number.MAX_SAFE_INTEGER}
  const [watched] = world.system.runtime.faults.add([watching])
  await world.registerDevice('user-watched')
  const {fileId} = await begin(world, 'watched')
  await world.clock.rest()
  world.system.runtime.faults.remove(watched!.id)
  const calls = world.system.runtime.faults.places()
    .flatMap(({by, at}) => by === undefined || /^(deliver|kill|runtime)\./.test(at) ? [] : [{by, at}])
  return {calls, outcome: await outcomeOf(world, fileId)}
}
