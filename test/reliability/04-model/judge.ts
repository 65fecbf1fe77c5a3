import assert from 'node:assert/strict'
import {outcomeOf} from '../world/outcome'
import {files, type Model, type Program, users} from './program'

interface Push {
  readonly userId?: string
  readonly message: unknown
}

const titleOf = ({message}: Push): string => String((message as {aps?: {alert?: {title?: string}}}).aps?.alert?.title)

/** Pushes about a file to a user, oldest first, by their titles. */
const pushesTo = ({world: {system}, user, fileId}: Program, who: number, what: number): string[] => system.runtime.notifications(fileId(what))
  .filter(({userId}) => userId === user(who)).map(titleOf)

const judgeFile = async (program: Program, model: Model, what: number): Promise<void> => {
  const {status, error, objects} = await outcomeOf(program.world, program.fileId(what))
  const isGone = model.gone.has(what)
  assert.deepEqual({status, error, objects}, isGone
    ? {status: 'Failed', error: 'SourceNotFoundError', objects: 0}
    : {status: 'Downloaded', error: undefined, objects: 1}, `file ${what}`)
  for (const who of users) {
    const pushes = pushesTo(program, who, what)
    if (model.withdrawn.has(`${who} ${what}`)) {
      continue
    }
    const hadDevice = model.askers.get(what)!.get(who)
    if (hadDevice === undefined || !model.devices.has(who)) {
      assert.deepEqual(pushes, [], `user ${who} hears nothing of file ${what}`)
      continue
    }
    // About one file the last push replaces those before it. A user who had no device at that time is not notified again.
    if (hadDevice || pushes.length > 0) {
      assert.equal(pushes.at(-1), isGone ? 'Download Failed' : 'Download Complete', `the last that user ${who} heard of file ${what}`)
    }
    const completed = pushes.filter((title) => title === 'Download Complete').length
    assert.ok(completed <= (isGone ? 0 : 1) + model.pushFaults, `user ${who} heard ${completed} times that file ${what} is there`)
  }
}

/**
 * What was cancelled never comes, whatever was under way then, until someone asks again. A failure that is recorded at that moment may
 * be the reason that is kept.
 */
export const judgeCancelled = async ({world, fileId}: Program, {cancelled}: Model): Promise<void> => {
  for (const what of cancelled) {
    assert.equal((await outcomeOf(world, fileId(what))).status, 'Failed', `file ${what}, which was cancelled`)
  }
}

/** Whether a file failed that may come once someone asks again: its source has it, or it was cancelled. */
export const hasFailed = async ({world, fileId}: Program, {askers, gone}: Model): Promise<boolean> => {
  const failures = await Promise.all([...askers.keys()].map(async (what) => {
    const {status, error} = await outcomeOf(world, fileId(what))
    return status === 'Failed' && (!gone.has(what) || error === 'CancelledError')
  }))
  return failures.includes(true)
}

/** Compares what became of a program's files with what its model says. Throws what is wrong. */
export const judge = async (program: Program, model: Model): Promise<void> => {
  for (const what of files.filter((index) => model.askers.has(index))) {
    await judgeFile(program, model, what)
  }
}
