import assert from 'node:assert/strict'
import {availableParallelism} from 'node:os'
import fc from 'fast-check'
import {concurrently} from '../concurrent'
import type {Context, Figures, Proof} from '../proof'
import {leftovers} from '../world/outcome'
import {openWorld, type World} from '../world/world'
import {programs} from './commands'
import {hasFailed, judge, judgeCancelled} from './judge'
import {createLockstep} from './lockstep'
import {type Model, newModel, openProgram, type Program} from './program'

/** Programs that share the system at a time. */
const atOnce = 20
/** Of a function at a time: more than there are CPUs would only take turns at them, and each takes its time to start. */
const maximumSandboxes = Math.max(2, availableParallelism())
const shortRuns = 100
const longRuns = 1_000

type Commands = Iterable<fc.AsyncCommand<Model, Program>>

interface Run {
  readonly program: Program
  readonly model: Model
  /** Says, once it ran, what it did. */
  readonly commands: Commands
  problem?: string
}

const attempt = async (run: Run, work: () => Promise<void>): Promise<void> => {
  try {
    if (run.problem === undefined) {
      await work()
    }
  } catch (error) {
    run.problem = (error as Error).message
  }
}

const hours = 3_600_000
/** Times that people ask again for what failed and may get better. */
const patience = 3

/** Users who want a file ask once more, as people do. */
const askAgain = async (world: World, runs: readonly Run[]): Promise<void> => {
  await concurrently(runs, 4, (run) => attempt(run, async () => {
    for (const [what, askers] of run.model.askers) {
      for (const who of askers.keys()) {
        await world.ask(run.program.user(who), run.program.fileName(what))
      }
    }
  }))
  await world.clock.rest()
}

/** Programs with a file that failed although its source has it: a second request may get it. */
const honestFailures = async (runs: readonly Run[]): Promise<readonly Run[]> => {
  const failed = await Promise.all(runs.map(({program, model}) => hasFailed(program, model)))
  return runs.filter((_, index) => failed[index])
}

/** What died with its last retry is repaired without anybody's help; until then an hour may pass. Returns how much that was. */
const reconcile = async (world: World): Promise<number> => {
  await world.clock.advanceTo(world.clock.now() + 2 * hours)
  const found = await world.reconcile()
  await world.clock.rest()
  return found
}

/** Returns how much ReconcileFiles had to repair. */
const runAll = async (world: World, batch: string, all: readonly Commands[]): Promise<number> => {
  const lockstep = createLockstep(world.clock, all.length)
  const runs = all.map((commands, index): Run =>
    ({program: openProgram(world, lockstep, `${batch}-${index}`), model: newModel(), commands}))
  await Promise.all(runs.map(async (run) => {
    await attempt(run, () => fc.asyncModelRun(() => ({model: run.model, real: run.program}), run.commands))
    lockstep.leave()
  }))
  world.system.runtime.faults.remove()
  await world.clock.rest()
  await Promise.all(runs.map((run) => attempt(run, () => judgeCancelled(run.program, run.model))))
  const repaired = await reconcile(world)
  for (let asked = 0, failed = await honestFailures(runs); failed.length > 0 && asked < patience; asked++, failed = await honestFailures(failed)) {
    await askAgain(world, failed)
  }
  await Promise.all(runs.map((run) => attempt(run, () => judge(run.program, run.model))))
  const problems = runs.filter(({problem}) => problem !== undefined).map(({commands, problem}) => `${problem}\n    in: ${String(commands)}`)
  assert.deepEqual(problems, [])
  assert.equal((await leftovers(world)).parts, 0, 'no part is left')
  return repaired
}

const prove = async (world: World, {seed, long, progress}: Context): Promise<Figures> => {
  let batches = 0
  let repaired = 0
  const property = fc.asyncProperty(fc.tuple(...Array.from({length: atOnce}, () => programs)), async (all) => {
    batches += 1
    repaired += await runAll(world, String(batches), all)
    progress(`${batches * atOnce} programs`)
  })
  // Each failing program is printed whole and is small: shrinking would take longer than reading it.
  const {failed, errorInstance} = await fc.check(property, {seed, numRuns: long ? longRuns : shortRuns, endOnFailure: true})
  if (failed) {
    throw errorInstance
  }
  return {programs: batches * atOnce, 'repaired by ReconcileFiles': repaired}
}

export const proof: Proof = {
  number: 4,
  title: 'Random programs against a model',
  minutes: 12,
  longMinutes: 60,
  run: async (context) => {
    const world = await openWorld(context.seed, {maximumSandboxes})
    try {
      return await prove(world, context)
    } finally {
      await world.end()
    }
  }
}
