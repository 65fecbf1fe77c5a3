import assert from 'node:assert/strict'
import type {FileView} from '../../../src/types/domain'
import {operations} from '../../api/openapi-document'
import {call} from '../../helpers/api'
import {type MediaSite, startMediaSite} from '../../helpers/media-site'
import {eventually} from '../../helpers/system'
import type {Context} from '../proof'
import {startSystem, type System} from '../system'

/** Ann has a file and a phone; mallory knows all their names, and is refused. */
interface Scene {
  readonly system: System
  readonly fileId: string
  readonly url: string
}

const phone = {platform: 'APNS', token: 'token-of-ann-phone'}

const refused = async ({system}: Scene, method: string, path: string, body?: unknown): Promise<void> => {
  const {status} = await call(system, 'mallory', method, path, body)
  assert.equal(status, 404, `${method} ${path} by another user`)
}

const filesOf = async ({system}: Scene, user: string): Promise<readonly FileView[]> => (await call<{files: FileView[]}>(system, user, 'GET', '/files')).body.files

const pushesTo = ({system}: Scene, user: string): number => system.runtime.notifications().filter(({userId}) => userId === user).length

/** What each route must not do for a stranger. A route of the API's document that has no test here fails the proof. */
const tests: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'GET /files': async (scene) => assert.deepEqual(await filesOf(scene, 'mallory'), []),
  'GET /files/{fileId}': (scene) => refused(scene, 'GET', `/files/${scene.fileId}`),
  'POST /files/{fileId}/cancel': (scene) => refused(scene, 'POST', `/files/${scene.fileId}/cancel`),
  'POST /files/{fileId}/retry': (scene) => refused(scene, 'POST', `/files/${scene.fileId}/retry`),
  'DELETE /files/{fileId}': (scene) => refused(scene, 'DELETE', `/files/${scene.fileId}`),
  'DELETE /devices/{deviceId}': (scene) => refused(scene, 'DELETE', '/devices/phone'),
  // The same name for another's device is another device, and leaves this one alone.
  'PUT /devices/{deviceId}': async ({system}) => {
    assert.equal((await call(system, 'mallory', 'PUT', '/devices/phone', {platform: 'APNS', token: 'token-of-mallory'})).status, 200)
    assert.equal((await call(system, 'mallory', 'DELETE', '/devices/phone')).status, 204)
  },
  'POST /feedly': async ({system, url}) => {
    const {status} = await call(system, 'mallory', 'POST', '/feedly', {entryUrl: url})
    assert.equal(status, 401, 'Feedly\'s webhook without its token')
  },
  // Who asks for the same URL gets the file as well, and learns of no one else who did.
  'POST /files': async ({system, url, fileId}) => {
    const {status, body} = await call(system, 'zoe', 'POST', '/files', {url})
    assert.deepEqual({status, body}, {status: 200, body: {fileId, status: 'Downloaded'}})
  }
}

const prepare = async (system: System, site: MediaSite): Promise<Scene> => {
  const url = site.url('/clip.mp4?whose=ann')
  assert.equal((await call(system, 'ann', 'PUT', '/devices/phone', phone)).status, 200)
  const {body: {fileId}} = await call<{fileId: string}>(system, 'ann', 'POST', '/files', {url})
  await eventually('ann\'s push', () => system.runtime.notifications().length === 1 || undefined, 60_000)
  return {system, fileId, url}
}

/** After all of it ann has what she had, is notified of a new file, and no one else is. */
const unharmed = async (scene: Scene, site: MediaSite, before: readonly FileView[]): Promise<void> => {
  const {system} = scene
  const withoutLink = (files: readonly FileView[]): unknown[] => files.map(({downloadUrl: _link, ...file}) => file)
  await system.quiet(500)
  assert.deepEqual(withoutLink(await filesOf(scene, 'ann')), withoutLink(before))
  await call(system, 'ann', 'POST', '/files', {url: site.url('/clip.mp4?whose=ann-too')})
  await eventually('ann\'s second push', () => pushesTo(scene, 'ann') === 2 || undefined, 60_000)
  await system.quiet(500)
  assert.deepEqual(['ann', 'mallory', 'zoe'].map((user) => pushesTo(scene, user)), [2, 0, 0], 'pushes to ann, mallory and zoe')
}

/** A user never sees, retries, cancels or is notified of another's files: one test a route. Returns how many routes there are. */
export const proveIsolation = async ({progress}: Context): Promise<number> => {
  const routes = Object.keys(operations)
  assert.deepEqual(routes.filter((route) => tests[route] === undefined), [], 'every route has its test of isolation')
  const site = await startMediaSite()
  const system = await startSystem()
  try {
    const scene = await prepare(system, site)
    const before = await filesOf(scene, 'ann')
    for (const route of routes) {
      await tests[route]!(scene)
    }
    await unharmed(scene, site, before)
    progress(`${routes.length} routes show no one another's files`)
    return routes.length
  } finally {
    await system.stop()
    await site.close()
  }
}
