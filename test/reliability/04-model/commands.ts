import assert from 'node:assert/strict'
import fc from 'fast-check'
import type {Fault} from '../../../local/lab/faults/fault'
import type {FileView} from '../../../src/types/domain'
import {call} from '../../helpers/api'
import {type Behaviour, first, rateLimited, reset, status, truncated} from '../world/source'
import {files, type Model, type Program, users} from './program'

type Command = fc.AsyncCommand<Model, Program>

const command = (text: string, run: Command['run'], check: (model: Readonly<Model>) => boolean = () => true): Command => ({check, run, toString: () => text})

const user = fc.constantFrom(...users)
const file = fc.constantFrom(...files)

const register = user.map((index) => command(`user ${index} has a device`, async (model, program) => {
  await program.world.registerDevice(program.user(index))
  model.devices.add(index)
}))

const ask = fc.tuple(user, file).map(([who, what]) => command(`user ${who} asks for file ${what}`, async (model, program) => {
  const {status: answered, body} = await program.world.ask(program.user(who), program.fileName(what))
  assert.ok(answered === 200 || answered === 202, `a request is accepted in the end; it was answered ${answered}`)
  assert.equal(body.fileId, program.fileId(what))
  const askers = model.askers.get(what) ?? new Map<number, boolean>()
  model.askers.set(what, askers.set(who, askers.get(who) ?? model.devices.has(who)))
  model.cancelled.delete(what)
}))

/** Whether another user of the program wants a file as well. */
const isShared = (model: Model, who: number, what: number): boolean => [...model.askers.get(what)?.keys() ?? []].some((other) => other !== who)

/** The answer to a stranger is that there is no such file; a user who shared it and withdrew is one as well, and may not know it yet. */
const isStranger = (model: Model, who: number, what: number): boolean => model.askers.get(what)?.has(who) !== true

/**
 * Ends the download of the last one who wants it, and lets go of it for anybody else. An answer that was lost and asked for again
 * finds it done.
 */
const cancel = fc.tuple(user, file).map(([who, what]) => command(`user ${who} cancels file ${what}`, async (model, program) => {
  const {status: answered, body} = await program.world.act(program.user(who), program.fileId(what), 'cancel')
  if (isStranger(model, who, what)) {
    assert.equal(answered, 404)
    return
  }
  const hasLetGo = answered === 404 || (answered < 300 && body.status !== 'Failed')
  assert.ok(hasLetGo ? isShared(model, who, what) : [200, 202, 409].includes(answered), `a cancel is answered ${answered} ${body.status}`)
  if (hasLetGo) {
    model.askers.get(what)!.delete(who)
    model.withdrawn.add(`${who} ${what}`)
  } else if (answered === 202) {
    model.cancelled.add(what)
  }
}))

const retry = fc.tuple(user, file).map(([who, what]) => command(`user ${who} retries file ${what}`, async (model, program) => {
  const {status: answered} = await program.world.act(program.user(who), program.fileId(what), 'retry')
  assert.ok(isStranger(model, who, what) ? answered === 404 : answered === 200 || answered === 202, `a retry is answered ${answered}`)
  if (answered !== 404) {
    model.cancelled.delete(what)
  }
}))

/** A user sees what they asked for, and nothing else. */
const list = user.map((who) => command(`user ${who} looks at their files`, async (model, program) => {
  const {status: answered, body} = await call<{files: FileView[]}>(program.world.system, program.user(who), 'GET', '/files')
  if (answered < 500) {
    const asked = files.filter((what) => model.askers.get(what)?.has(who)).map((what) => program.fileId(what))
    assert.deepEqual(body.files.map(({fileId}) => fileId).sort(), asked.sort())
  }
}))

const troubles: ReadonlyArray<readonly [what: string, behaviour: Behaviour]> = [
  ['is down for three requests', first(3, status(503))],
  ['limits the rate for ten minutes', first(2, rateLimited(600))],
  ['breaks off twice', first(2, reset)],
  ['sends too little twice', first(2, truncated)]
]

/** Before anybody asked: what a source does later would depend on how far others are. */
const trouble = fc.tuple(file, fc.constantFrom(...troubles)).map(([what, [text, behaviour]]) => command(`the source of file ${what} ${text}`,
  async (_model, program) => { program.world.source.behave(program.fileName(what), behaviour) },
  (model) => !model.askers.has(what) && !model.gone.has(what)))

const goes = file.map((what) => command(`the source of file ${what} is gone`, async (model, program) => {
  program.world.source.behave(program.fileName(what), status(404))
  model.gone.add(what)
}, (model) => !model.askers.has(what)))

const calls = [
  'dynamodb.UpdateItem', 'dynamodb.PutItem', 'dynamodb.GetItem', 'dynamodb.Query', 'events.PutEvents', 's3.CreateMultipartUpload',
  's3.UploadPart', 's3.CompleteMultipartUpload', 's3.HeadObject', 'sns.Publish', 'lambda.Invoke', 'states.StartExecution', 'states.StopExecution'
]
const functions = ['RequestFile', 'CancelFile', 'StartFileUpload', 'TransferFile', 'S3ObjectCreated', 'SendPushNotification']
const targets = ['StartFileUpload', 'FileDownloadWorkflow', 'S3ObjectCreated', 'SendPushNotification']
const nth = fc.integer({min: 1, max: 6})

const fault: fc.Arbitrary<Omit<Fault, 'about'>> = fc.oneof(
  fc.record({at: fc.constantFrom(...calls), effect: fc.constantFrom('throttle', 'error', 'timeout', 'reset'), nth, times: fc.integer({min: 1, max: 3})}),
  fc.record({
    at: fc.constantFrom(...targets).map((target) => `deliver.${target}`),
    effect: fc.constantFrom('duplicate', 'delay', 'reorder'), nth, seconds: fc.constantFrom(1, 90, 4_000)
  }),
  fc.record({at: fc.constantFrom(...functions).map((name) => `kill.${name}`), effect: fc.constantFrom('before', 'after'), nth})
)

/** A push whose sender died, or whose answer was lost, may come again. */
const mayRepeatPush = ({at}: Omit<Fault, 'about'>): boolean => ['sns.Publish', 'kill.SendPushNotification', 'dynamodb.UpdateItem'].includes(at)

const breaks = fault.map((planned) => command(`fault ${JSON.stringify(planned)}`, async (model, program) => {
  program.add(planned)
  model.pushFaults += mayRepeatPush(planned) ? 3 : 0
}))

const waits = fc.constantFrom(0, 30, 600, Infinity).map((seconds) => command(seconds === Infinity ? 'all comes to rest' : `${seconds} s pass`,
  async (_model, program) => program.lockstep.wait(seconds)))

/** Programs of users, requests, sources, faults and time. */
export const programs = fc.commands<Model, Program, false>(
  [ask, ask, ask, register, register, list, cancel, retry, trouble, goes, breaks, breaks, waits], {maxCommands: 9, size: 'max'})
