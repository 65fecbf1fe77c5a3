import {join} from 'node:path'
import {type Api, apiAt, bearer} from '../../../shared/api'
import {bytes, formatProgress} from '../../../shared/bytes'
import {follow, type Outcome} from '../follow'
import type {Print} from '../reporter'
import {readResult, hashFile} from '../result'
import {type Runtime, startRuntime} from '../../runtime/runtime'
import {startDemoSite} from './media-site'
import {beginStory, type Story} from './story'

const clip = join(import.meta.dirname, 'harbour.mp4')
const wiring = join(import.meta.dirname, '..', '..', 'wiring.json')
/** For each time that the clip is read. */
const transferMilliseconds = 250
/** For the push, which comes after the file is there. */
const patienceMilliseconds = 5000

/** As a user with one phone would: registers it, asks for the URL, looks again until the file is there. */
const ask = async (api: Api, url: string, {tell}: Story): Promise<Outcome> => {
  await api.register('phone', {platform: 'APNS', token: 'demo-phone'})
  tell({kind: 'api', subject: 'PUT /devices/phone', detail: 'a phone of the user "demo"'})
  tell({kind: 'api', subject: 'POST /files', detail: url})
  let told = 0
  return follow(api, url, (_url, {bytesDone, size}) => {
    if (bytesDone > told) {
      told = bytesDone
      tell({kind: 'bytes', subject: formatProgress(bytesDone, size)})
    }
  })
}

/** Prints what came. Returns what is wrong with it. */
const inspect = async (outcome: Outcome, {objectPath}: Runtime, print: Print): Promise<string[]> => {
  const {path, size, sha256, error} = await readResult(outcome, objectPath, true)
  if (error !== null) {
    return [`the file (${error.code}: ${error.message})`]
  }
  print(`\n${path}\n${bytes(size ?? 0)} (${size} bytes), SHA-256 ${sha256}`)
  return sha256 === await hashFile(clip) ? [] : ['the bytes of the clip: the digest is another']
}

const play = async (data: string, url: string, print: Print): Promise<string[]> => {
  const story = beginStory(print)
  const runtime = await startRuntime({data, wiring, port: 0, allowPrivateSources: true, observe: story.observe})
  try {
    story.tell({kind: 'runtime', subject: 'is up', detail: runtime.address})
    const outcome = await ask(apiAt(runtime.address, bearer('demo')), url, story)
    const missing = await story.untilComplete(outcome.error === undefined ? patienceMilliseconds : 0)
    return [...missing, ...await inspect(outcome, runtime, print)]
  } finally {
    await runtime.stop()
  }
}

/** Downloads the bundled clip into an empty folder and shows how. Returns the exit code: 1 if anything of the story is missing. */
export const runDemo = async (data: string, print: Print): Promise<number> => {
  const site = await startDemoSite(clip, transferMilliseconds)
  try {
    const missing = await play(data, site.url, print)
    print(missing.length === 0 ? 'The same digest as the clip that was served. The file stays there.' : `Missing: ${missing.join(', ')}.`)
    return missing.length === 0 ? 0 : 1
  } finally {
    site.close()
  }
}
