import {type Accepted, call, settledFile} from '../helpers/api'
import {eventually, type System} from '../helpers/system'
import type {FileView} from '../../src/types/domain'
import type {Site} from './site'

const user = 'local'
const patience = 180_000

const ask = async (system: System, url: string, preset = 'best'): Promise<string> =>
  (await call<Accepted>(system, user, 'POST', '/files', {url, preset})).body.fileId

const fileOf = async (system: System, fileId: string): Promise<FileView> => (await call<FileView>(system, user, 'GET', `/files/${fileId}`)).body

const has = (what: string, system: System, fileId: string, test: (file: FileView) => boolean): Promise<FileView> =>
  eventually(`${fileId} ${what}`, async () => {
    const file = await fileOf(system, fileId)
    return test(file) ? file : undefined
  }, patience)

/** As the console itself does: it knows its own devices by the token. */
const register = (system: System, deviceId: string, platform: 'APNS' | 'FCM') =>
  call(system, user, 'PUT', `/devices/${deviceId}`, {platform, token: `console-${deviceId}@${user}`})

/** An event that breaks its contract, as a program with a mistake would send it. */
const sayNonsense = (system: System): Promise<Response> => fetch(system.address, {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents',
    authorization: 'AWS4-HMAC-SHA256 Credential=x/20260101/us-west-2/events/aws4_request, SignedHeaders=host, Signature=x'
  },
  body: JSON.stringify({Entries: [{
    EventBusName: 'MediaDownloaderEvents', Source: 'mediadownloader.request', DetailType: 'FileRequested', Detail: JSON.stringify({fileId: 'no spaces here', userId: 'ann'})
  }]})
})

const settle = async (system: System, site: Site, paths: ReadonlyArray<readonly [path: string, preset?: string]>): Promise<string[]> => {
  const ids: string[] = []
  for (const [path, preset] of paths) {
    ids.push(await ask(system, site.url(path), preset))
    await settledFile(system, user, ids.at(-1)!, patience)
  }
  return ids
}

const failing = [['reels/lost-reel.mp4'], ['articles/ten-places-to-see']] as const
const coming = [['watch/city-of-hills'], ['watch/dunes', '720p'], ['dawn-chorus.mp3'], ['watch/polar-night'], ['watch/morning-fog'], ['watch/harbour-at-dusk']] as const

export interface Told {
  /** Done, by ranges. */
  readonly ranged: string
  readonly running: string
}

/** Has something of everything happen: done, failed, cancelled, waiting and under way. */
export const tell = async (system: System, site: Site): Promise<Told> => {
  await Promise.all([register(system, 'phone-1', 'APNS'), register(system, 'tablet', 'FCM')])
  await settle(system, site, failing)
  await sayNonsense(system)
  await settle(system, site, coming)
  const cancelled = await ask(system, site.url('rehearsal.mp4'))
  await has('under way', system, cancelled, ({bytesDone}) => bytesDone > 0)
  await call(system, user, 'POST', `/files/${cancelled}/cancel`)
  await settledFile(system, user, cancelled, patience)
  const [ranged = ''] = await settle(system, site, [['keynote.mp4']])
  await ask(system, site.url('busy.mp4'))
  await ask(system, site.url('lecture.mp4'))
  const running = await ask(system, site.url('concert.mp4'))
  await has('at a third', system, running, ({bytesDone, size}) => bytesDone > (size ?? Infinity) * 0.33)
  return {ranged, running}
}
