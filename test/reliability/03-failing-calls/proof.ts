import {effects} from '../../../local/lab/faults/fault'
import {concurrently} from '../concurrent'
import type {Context, Figures, Proof} from '../proof'
import {type DeadLetter, outcomeOf, takeDeadLetters} from '../world/outcome'
import {lowRanges} from '../world/source'
import {openWorld, type World} from '../world/world'
import {begin, callsOf, type Job, nameOf, type SystemCall} from './calls'
import {proveDoors} from './doors'
import {problemOf} from './expected'

interface Case extends SystemCall {
  readonly effect: typeof effects.call[number]
  readonly forGood: boolean
  readonly tag: string
}

const atOnce = 24

const casesOf = (calls: readonly SystemCall[]): Case[] => calls
  .filter(({by}) => by !== 'RegisterDevice')
  .flatMap((call) => effects.call.flatMap((effect) => [false, true].map((forGood) => ({...call, effect, forGood}))))
  .map((each, index) => ({...each, tag: `case-${String(index).padStart(3, '0')}`}))

const textOf = ({by, at, effect, forGood, kind}: Case): string =>
  `${at} by ${by}${kind === 'usual' ? '' : ` of a ${kind} file`}: ${effect} ${forGood ? 'for good' : 'once'}`

/** The job's file and user name it in whatever is said about it; the file's id is known once it was asked for once. */
const start = async (world: World, each: Case): Promise<Job> => {
  const {by, at, effect, forGood, kind, tag} = each
  await world.registerDevice(`user-${tag}`)
  world.system.runtime.faults.add([{at, by, effect, about: [`user-${tag}`, world.fileIdOf(nameOf(tag, kind))], ...(forGood && {times: 'always'})}])
  return begin(world, tag, kind)
}

const executionOf = ({seen}: World, fileId: string): string | undefined =>
  seen.flatMap((each) => each.type === 'execution' && each.fileId === fileId && each.status !== 'RUNNING' ? [each.status] : []).at(-1)

const judge = async (world: World, each: Case, job: Job, letters: readonly DeadLetter[]): Promise<string | undefined> => {
  const fileId = world.fileIdOf(job.name)
  const queues = [...new Set(letters.filter(({body}) => body.includes(fileId)).map(({queue}) => queue))]
  const outcome = await outcomeOf(world, fileId)
  const struck = world.system.runtime.faults.list().find(({about}) => Array.isArray(about) && about.includes(fileId))?.struck ?? 0
  const execution = executionOf(world, fileId)
  try {
    const problem = struck === 0 ? 'the fault struck nothing' : problemOf(each, {outcome, answered: job.answered, queues, execution})
    return problem && `${textOf(each)}: ${problem}; ${JSON.stringify({...outcome, answered: job.answered, queues, struck, execution})}`
  } catch (error) {
    return `${textOf(each)}: ${(error as Error).message}`
  }
}

const runBatch = async (world: World, cases: readonly Case[]): Promise<string[]> => {
  // A few at a time: the API answers within 30 s, on any machine.
  const jobs = await concurrently(cases, 4, (each) => start(world, each))
  await world.clock.rest()
  const letters = await takeDeadLetters(world)
  const problems = await Promise.all(cases.map((each, index) => judge(world, each, jobs[index]!, letters)))
  world.system.runtime.faults.remove()
  return problems.filter((problem) => problem !== undefined)
}

const prove = async (world: World, {progress}: Context): Promise<Figures> => {
  const calls = await callsOf(world)
  const cases = casesOf(calls)
  progress(`${calls.length} kinds of calls, ${cases.length} cases`)
  const problems: string[] = []
  for (let from = 0; from < cases.length; from += atOnce) {
    problems.push(...await runBatch(world, cases.slice(from, from + atOnce)))
    progress(`${Math.min(cases.length, from + atOnce)} of ${cases.length}, ${problems.length} wrong`)
  }
  if (problems.length > 0) {
    throw new Error(`Expected each failing call to have its right outcome; ${problems.length} have not:\n${problems.join('\n')}`)
  }
  return {'kinds of calls': calls.length, cases: cases.length, 'cases of doors': await proveDoors(world, progress), silent: 0}
}

export const proof: Proof = {
  number: 3,
  title: 'Each AWS call failing in each way, once and for good',
  minutes: 10,
  run: async (context) => {
    const world = await openWorld(context.seed, {environment: lowRanges})
    try {
      return await prove(world, context)
    } finally {
      await world.end()
    }
  }
}
