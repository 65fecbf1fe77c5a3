import assert from 'node:assert/strict'
import {join} from 'node:path'
import type {Figures, Proof, Context} from '../proof'
import {seededRandom} from '../../../local/runtime/clock/random'
import {outcomeOf} from '../world/outcome'
import {openWorld, start, type World} from '../world/world'
import {expectAnswers, type People} from './people'
import {askedFor, openSites, pathsOf} from './sites'
import {calm, day, hour, isRecoverable, type Kind, kinds, type Weather, weatherOf, type Wish, wishesOf} from './week'

const shortWishes = 160
const longWishes = 1_000

const callsFor = ({source}: World, wish: Wish): number => pathsOf(wish).reduce((sum, path) => sum + source.requests(path).length, 0)

/** Has all wishes asked for in their time, from now on, and lets time pass until nothing waits any more. */
const live = async (world: World, wishes: readonly Wish[], weather: Weather): Promise<People> => {
  const {clock} = world
  const began = clock.now()
  openSites(world.source, wishes, weather, {now: clock.now, start: began})
  const people = expectAnswers(world, wishes)
  wishes.forEach((wish) => people.ask(wish, began + wish.askedAt))
  await clock.advanceTo(began + 7 * day)
  await clock.rest()
  return people
}

/** Requests that sources get for a wish of each kind if nothing goes wrong. */
const idealCalls = async (world: World): Promise<ReadonlyMap<Kind, number>> => {
  const wishes = kinds.map((kind): Wish => ({user: 'calm', name: `calm-${kind}`, kind, askedAt: 0, releasedAt: hour}))
  await live(world, wishes, calm)
  return new Map(wishes.map((wish) => [wish.kind, callsFor(world, wish)]))
}

/** How many seconds after it was due a premiere was fetched: released, and waited for. */
const secondsLate = (world: World, wish: Wish, due: number): number => (world.source.requests(pathsOf(wish).at(-1)!)[0]! - due) / 1000

const isCalmAt = (weather: Weather, at: number): boolean =>
  [...weather.limits, ...weather.outages].every(({from, to}) => at < from - hour || at > to + hour)

const prove = async (world: World, {seed, long, progress}: Context): Promise<Figures> => {
  const random = seededRandom(seed)
  const ideal = await idealCalls(world)
  progress(`calls where nothing goes wrong: ${[...ideal].map(([kind, count]) => `${kind} ${count}`).join(', ')}`)
  const began = world.clock.now()
  const weather = weatherOf(random)
  const wishes = wishesOf(random, long ? longWishes : shortWishes)
  // AWS itself has a bad moment now and then, all week.
  world.system.runtime.faults.add(['dynamodb.*', 'events.*', 's3.*'].map((at) => ({at, effect: 'throttle', times: 'always', chance: 0.01})))
  const before = performance.now()
  const people = await live(world, wishes, weather)
  world.system.runtime.faults.remove()
  const seconds = Math.round((performance.now() - before) / 1000)
  progress(`${((world.clock.now() - began) / day).toFixed(1)} days took ${seconds} s`)

  const outcomes = await Promise.all(wishes.map(async (wish) => ({wish, ...await outcomeOf(world, world.fileIdOf(askedFor(wish)))})))
  const recoverable = outcomes.filter(({wish}) => isRecoverable(wish))
  const complete = recoverable.filter(({status, objects}) => status === 'Downloaded' && objects === 1)
  const calls = wishes.reduce((sum, wish) => sum + callsFor(world, wish), 0)
  const least = wishes.reduce((sum, wish) => sum + ideal.get(wish.kind)!, 0)
  const premieres = wishes.filter(({kind, releasedAt}) => kind === 'premiere' && isCalmAt(weather, releasedAt))
  const late = Math.max(...premieres.map((wish) => secondsLate(world, wish, Math.max(began + wish.releasedAt, people.askedAnewAt(wish) ?? 0))))
  const figures = {
    wishes: wishes.length, 'virtual days': 7, seconds, 'asked again': people.askedAgain(),
    'recoverable complete %': Number((complete.length / recoverable.length * 100).toFixed(1)),
    'upstream calls / ideal': Number((calls / least).toFixed(3)),
    premieres: premieres.length, 'fetched after release at most s': late
  }
  progress(JSON.stringify(figures))
  assert.deepEqual(outcomes.filter(({wish, status}) => !isRecoverable(wish) && status !== 'Failed'), [], 'what is gone ends in an honest failure')
  assert.ok(complete.length >= 0.99 * recoverable.length, `99 % of the recoverable wishes come true: ${JSON.stringify(recoverable.filter((each) => !complete.includes(each)))}`)
  assert.ok(calls <= 1.2 * least, `sources are asked ${calls} times, at most 1.2 × ${least}`)
  assert.ok(late <= 60, `a premiere is fetched within 60 s; one took ${late} s`)
  return figures
}

export const proof: Proof = {
  number: 5,
  title: 'Seven days of premieres, limits, outages and expired cookies',
  minutes: 6,
  longMinutes: 40,
  run: async (context) => {
    const world = await openWorld(context.seed, {environment: {YT_DLP_PATH: join(import.meta.dirname, 'yt-dlp.mjs')}})
    try {
      assert.equal(world.clock.now(), start)
      return await prove(world, context)
    } finally {
      await world.end()
    }
  }
}
