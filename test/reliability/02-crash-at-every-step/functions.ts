import assert from 'node:assert/strict'
import type {Fault} from '../../../local/lab/faults/fault'
import {concurrently} from '../concurrent'
import {leftovers, type Outcome} from '../world/outcome'
import type {World} from '../world/world'
import {stories, type Story} from './stories'

interface Kill {
  readonly story: Story
  readonly functionName: string
  readonly nth: number
  readonly effect: 'before' | 'after'
}

/** Every call of every function in a story that goes well. */
const killsOf = async (world: World, story: Story): Promise<Kill[]> => {
  const {faults} = world.system.runtime
  const watching: Fault = {at: '*.*', effect: 'error', nth: Number.MAX_SAFE_INTEGER}
  faults.add([watching])
  const before = new Map(faults.places().map(({at, count}) => [at, count]))
  assert.deepEqual(await story.tell(world, `undisturbed-${story.name.replaceAll(' ', '-')}`), story.end)
  const counts = faults.places().flatMap(({at, count}) => {
    const functionName = /^kill\.(.*)/.exec(at)?.[1]
    return functionName !== undefined && story.functions.test(functionName) ? [{functionName, count: count - (before.get(at) ?? 0)}] : []
  })
  faults.remove()
  return counts.flatMap(({functionName, count}) => Array.from({length: count}, (_, index) => index + 1)
    .flatMap((nth) => (['before', 'after'] as const).map((effect) => ({story, functionName, nth, effect}))))
}

/** A push that was sent just before its sender died is sent again: the device shows one (ADR 8). */
const isRight = ({sent, ...outcome}: Outcome, {functionName, story: {end: {sent: expected, ...end}}}: Kill): boolean => {
  assert.deepEqual(outcome, end)
  return functionName === 'SendPushNotification' ? sent <= expected + 2 : sent === expected
}

interface Killed {
  readonly problem?: string
  readonly repeated: number
}

/**
 * Parts stay with no one if CancelFile died before it aborted them, or StartFileUpload before it recorded them, and are seen by what comes
 * after: the bucket's lifecycle takes them.
 */
const mayLeaveParts = ({functionName, story}: Kill): boolean => functionName === 'CancelFile' || story.name === 'in a look'

const kill = async (world: World, each: Kill): Promise<Killed> => {
  const {story, functionName, nth, effect} = each
  const {faults} = world.system.runtime
  const what = `${functionName} killed ${effect} its call ${nth} for a file ${story.name}`
  try {
    faults.add([{at: `kill.${functionName}`, nth, effect}])
    const outcome = await story.tell(world, what.replaceAll(' ', '-'))
    const struck = faults.list()[0]!.struck
    assert.equal(struck, 1, 'the function is killed')
    assert.ok(isRight(outcome, each), `${outcome.sent} pushes were sent: ${JSON.stringify(outcome)}`)
    assert.ok(mayLeaveParts(each) || (await leftovers(world)).parts === 0, 'no part is left')
    return {repeated: outcome.sent - story.end.sent}
  } catch (error) {
    return {problem: `${what}: ${(error as Error).message}`, repeated: 0}
  } finally {
    faults.remove()
  }
}

const day = 86_400_000

/** What a killed function had begun and no one knows of, the bucket's lifecycle removes. */
const tidy = async (world: World): Promise<void> => {
  await world.clock.advanceTo(world.clock.now() + 2 * day)
  assert.deepEqual(await leftovers(world), {uploads: 0, parts: 0})
}

/** SIGKILL of each function at each of its calls, before and after AWS did what it asked for; each world has its share of them. */
export const killFunctions = async (worlds: readonly World[], progress: (text: string) => void) => {
  const kills: Kill[] = []
  for (const story of stories) {
    kills.push(...await killsOf(worlds[0]!, story))
  }
  progress(`${kills.length} steps of functions to kill them at`)
  const free = [...worlds]
  const results = await concurrently(kills, worlds.length, async (each) => {
    const world = free.pop()!
    const result = await kill(world, each)
    free.push(world)
    return result
  })
  assert.deepEqual(results.flatMap(({problem}) => problem ?? []), [])
  await Promise.all(worlds.map(tidy))
  return {'function kills': kills.length, 'pushes sent again': results.reduce((sum, {repeated}) => sum + repeated, 0)}
}
