import assert from 'node:assert/strict'
import type {Fault} from '../../../local/faults/fault'
import {leftovers, type Outcome, outcomeOf} from '../world/outcome'
import {large} from '../world/source'
import type {World} from '../world/world'

/** What a user asks for; the other is fetched by ranges. */
type Size = 'small' | 'large'

interface Kill {
  readonly size: Size
  readonly functionName: string
  readonly nth: number
  readonly effect: 'before' | 'after'
}

/** One user with two devices asks for one file; answers what became of it. */
const story = async (world: World, size: Size, tag: string): Promise<Outcome> => {
  const user = `user-${tag}`
  await world.registerDevice(user, 'phone')
  await world.registerDevice(user, 'tablet')
  const {status, body} = await world.ask(user, size === 'large' ? large(`${tag}.mp4`) : `${tag}.mp4`)
  assert.ok(status === 200 || status === 202, `the request of ${tag} is accepted in the end; it was answered ${status}`)
  await world.clock.rest()
  return outcomeOf(world, body.fileId)
}

const whole: Outcome = {status: 'Downloaded', objects: 1, pushes: ['Download Complete', 'Download Complete'], sent: 2}

/** The functions to which a large file is another thing than a small one. */
const isConcerned = (size: Size, functionName: string): boolean => size === 'small' || /^(?:TransferFile|TransferRange|S3ObjectCreated)$/.test(functionName)

/** Every call of every function in a story that goes well. */
const killsOf = async (world: World, size: Size): Promise<Kill[]> => {
  const {faults} = world.system.runtime
  const watching: Fault = {at: '*.*', effect: 'error', nth: Number.MAX_SAFE_INTEGER}
  faults.add([watching])
  const before = new Map(faults.places().map(({at, count}) => [at, count]))
  assert.deepEqual(await story(world, size, 'undisturbed'), whole)
  const counts = faults.places()
    .flatMap(({at, count}) => at.startsWith('kill.') ? [{functionName: at.slice('kill.'.length), count: count - (before.get(at) ?? 0)}] : [])
  faults.remove()
  return counts.filter(({functionName}) => isConcerned(size, functionName))
    .flatMap(({functionName, count}) => Array.from({length: count}, (_, index) => index + 1)
      .flatMap((nth) => (['before', 'after'] as const).map((effect) => ({size, functionName, nth, effect}))))
}

/** A push that was sent just before its sender died is sent again: the device shows one (ADR 8). */
const isRight = ({sent, ...outcome}: Outcome, {functionName}: Kill): boolean => {
  const {sent: expected, ...rest} = whole
  assert.deepEqual(outcome, rest)
  return functionName === 'SendPushNotification' ? sent <= expected + 2 : sent === expected
}

const kill = async (world: World, each: Kill): Promise<{problem?: string, repeated: number}> => {
  const {size, functionName, nth, effect} = each
  const tag = `${functionName}-${nth}-${effect}`
  const {faults} = world.system.runtime
  faults.add([{at: `kill.${functionName}`, nth, effect}])
  const outcome = await story(world, size, tag)
  const struck = faults.list()[0]!.struck
  faults.remove()
  try {
    assert.equal(struck, 1, 'the function is killed')
    assert.ok(isRight(outcome, each), `${outcome.sent} pushes were sent`)
    assert.equal((await leftovers(world)).parts, 0, 'no part is left')
    return {repeated: outcome.sent - whole.sent}
  } catch (error) {
    return {problem: `${functionName} of a ${size} file killed ${effect} its call ${nth}: ${(error as Error).message} ${JSON.stringify(outcome)}`, repeated: 0}
  }
}

const day = 86_400_000

/** SIGKILL of each function at each of its calls, before and after AWS did what it asked for. */
export const killFunctions = async (world: World, progress: (text: string) => void) => {
  const kills = [...await killsOf(world, 'small'), ...await killsOf(world, 'large')]
  progress(`${kills.length} steps of functions to kill them at`)
  const problems: string[] = []
  let repeated = 0
  for (const each of kills) {
    const result = await kill(world, each)
    repeated += result.repeated
    problems.push(...result.problem === undefined ? [] : [result.problem])
  }
  assert.deepEqual(problems, [])
  // What a killed function had begun and nobody knows of, the bucket's lifecycle removes.
  await world.clock.advanceTo(world.clock.now() + 2 * day)
  assert.deepEqual(await leftovers(world), {uploads: 0, parts: 0})
  return {'function kills': kills.length, 'pushes sent again': repeated}
}
