import assert from 'node:assert/strict'
import {type Outcome, outcomeOf} from '../world/outcome'
import {large, rateLimited, tiny, well} from '../world/source'
import type {World} from '../world/world'

/** What users do, which functions that needs and no one else's story has, and what becomes of the file without a crash. */
export interface Story {
  readonly name: string
  readonly functions: RegExp
  tell: (world: World, tag: string) => Promise<Outcome>
  readonly end: Outcome
}

const whole: Outcome = {status: 'Downloaded', objects: 1, pushes: ['Download Complete', 'Download Complete'], sent: 2}

/** One user with two devices asks for a file. */
const ask = async (world: World, user: string, name: string): Promise<string> => {
  await world.registerDevice(user, 'phone')
  await world.registerDevice(user, 'tablet')
  const {status, body} = await world.ask(user, name)
  assert.ok(status === 200 || status === 202, `the request for ${name} is accepted in the end; it was answered ${status}`)
  return body.fileId
}

const fetch = async (world: World, tag: string, name: string): Promise<Outcome> => {
  const fileId = await ask(world, `user-${tag}`, name)
  await world.clock.rest()
  return outcomeOf(world, fileId)
}

/** Asks for a file, and thinks better of it while its source has the transfer wait. */
const cancel = async (world: World, tag: string): Promise<Outcome> => {
  const user = `user-${tag}`
  const name = large(`${tag}.mp4`)
  world.source.behave(name, (exchange) => (exchange.request.headers.range === undefined ? well : rateLimited(3_600))(exchange))
  const fileId = await ask(world, user, name)
  await world.clock.advanceTo(world.clock.now() + 60_000)
  const {status} = await world.act(user, fileId, 'cancel')
  assert.ok(status < 300, `the cancel of ${tag} is accepted in the end; it was answered ${status}`)
  await world.clock.rest()
  return outcomeOf(world, fileId)
}

export const stories: readonly Story[] = [
  {name: 'whole', functions: /./, tell: (world, tag) => fetch(world, tag, `${tag}.mp4`), end: whole},
  {name: 'by ranges', functions: /^(Transfer\w+|S3ObjectCreated)$/, tell: (world, tag) => fetch(world, tag, large(`${tag}.mp4`)), end: whole},
  {name: 'cancelled', functions: /^CancelFile$/, tell: cancel, end: {status: 'Failed', error: 'CancelledError', objects: 0, pushes: [], sent: 0}},
  {name: 'in a look', functions: /^(StartFileUpload|TransferFile)$/, tell: (world, tag) => fetch(world, tag, tiny(`${tag}.mp4`)), end: whole}
]
