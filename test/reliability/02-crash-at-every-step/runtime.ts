import assert from 'node:assert/strict'
import {mkdtemp, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {eventsOf, notificationsOf, registerDevice, requestFile, settledFile} from '../../helpers/api'
import {eventually, type Line, startSystem, type System} from '../../helpers/system'
import {concurrently} from '../concurrent'
import {forget} from '../system'
import {type Behaviour, large, lowRanges, rateLimited, type Source, status, well} from '../world/source'

/** A way through the workflow: how the source behaves, and how the job ends. */
interface Way {
  readonly name: string
  readonly isLarge?: true
  readonly behaviour: Behaviour
  readonly status: 'Downloaded' | 'Failed'
  readonly event: 'FileDownloadCompleted' | 'FileDownloadFailed'
}

/** Refuses every range but the probe for one. */
const rangeless: Behaviour = (exchange) => /^bytes=(?!0-0$)/.test(exchange.request.headers.range ?? '') ? status(404)(exchange) : well(exchange)

/** The first request looks at the source, the second is the transfer. */
const ways: readonly Way[] = [
  {name: 'well', behaviour: well, status: 'Downloaded', event: 'FileDownloadCompleted'},
  {
    name: 'later', behaviour: (exchange) => exchange.count === 2 ? rateLimited(600)(exchange) : well(exchange),
    status: 'Downloaded', event: 'FileDownloadCompleted'
  },
  {name: 'gone', behaviour: (exchange) => exchange.count > 1 ? status(404)(exchange) : well(exchange), status: 'Failed', event: 'FileDownloadFailed'},
  {name: 'large', isLarge: true, behaviour: well, status: 'Downloaded', event: 'FileDownloadCompleted'},
  {name: 'large-gone', isLarge: true, behaviour: rangeless, status: 'Failed', event: 'FileDownloadFailed'}
]

const nameOf = ({isLarge}: Way, text: string): string => isLarge ? large(`${text}.mp4`) : `${text}.mp4`

interface Death {
  readonly way: Way
  readonly state: string
  readonly effect: 'before' | 'after'
}

const enteredIn = (lines: readonly Line[]): string[] =>
  [...new Set(lines.flatMap((line) => line.type === 'state' && line['phase'] === 'entered' ? [String(line['state'])] : []))]

/** The committed wiring with `lowRanges`, beside the data. */
const writeWiring = async (data: string): Promise<string> => {
  const path = `${data}-wiring.json`
  const text = await readFile('local/wiring.json', 'utf8')
  await writeFile(path, text.replace(/"RANGED_FROM_BYTES": "\d+"/g, `"RANGED_FROM_BYTES": "${lowRanges.RANGED_FROM_BYTES}"`))
  return path
}

const start = async (data: string, more: readonly string[] = []): Promise<System> =>
  startSystem(['--data', data, '--wiring', await writeWiring(data), '--virtual-clock', '--allow-private-sources', ...more])

interface Story {
  readonly status: string
  readonly pushes: number
  readonly states: readonly string[]
}

/** All that several runtimes on the same data reported, as if it had been one. */
const together = (lives: readonly System[]): System => ({...lives.at(-1)!, lines: lives.flatMap(({lines}) => lines)})

/** Asks for a file, with a runtime that may die of `fault`; then another one continues. */
const tell = async (source: Source, way: Way, name: string, fault?: string): Promise<Story> => {
  const data = await mkdtemp(join(tmpdir(), 'crash-'))
  source.behave(name, way.behaviour)
  const lives = [await start(data, fault === undefined ? [] : ['--fault', fault])]
  try {
    await registerDevice(lives[0]!, 'ann', 'phone')
    const {body: {fileId}} = await requestFile(lives[0]!, 'ann', source.url(name))
    if (fault !== undefined) {
      await lives[0]!.gone
      lives.push(await start(data))
    }
    const {status: reached} = await settledFile(lives.at(-1)!, 'ann', fileId, 60_000)
    await eventually('the push', () => notificationsOf(together(lives))[0], 60_000)
    assert.equal(eventsOf(together(lives), way.event).length >= 1, true)
    await lives.at(-1)!.stop()
    return {status: reached, pushes: notificationsOf(together(lives)).length, states: enteredIn(together(lives).lines)}
  } finally {
    await Promise.all(lives.map((life) => life.kill()))
    await Promise.all([forget(data), forget(`${data}-wiring.json`)])
  }
}

/** Every state of every way, each in the first way that leads through it. */
const deathsOf = async (source: Source): Promise<Death[]> => {
  const known = new Set<string>()
  const deaths: Death[] = []
  for (const way of ways) {
    const {status: reached, pushes, states} = await tell(source, way, nameOf(way, way.name))
    assert.deepEqual([reached, pushes], [way.status, 1])
    const fresh = states.filter((state) => !known.has(state))
    fresh.forEach((state) => known.add(state))
    deaths.push(...fresh.flatMap((state) => (['before', 'after'] as const).map((effect) => ({way, state, effect}))))
  }
  return deaths
}

const die = async (source: Source, {way, state, effect}: Death): Promise<string | undefined> => {
  const what = `the runtime killed ${effect} the state ${state}`
  try {
    const {status: reached, pushes} = await tell(source, way, nameOf(way, `${way.name}-${state}-${effect}`), `runtime.${state}=${effect}`)
    return reached === way.status && pushes === 1 ? undefined : `${what}: ${reached}, ${pushes} pushes`
  } catch (error) {
    return `${what}: ${(error as Error).message}`
  }
}

/** SIGKILL of the whole runtime as the workflow enters each state, before and after that is written; the next one continues. */
export const killRuntime = async (source: Source, progress: (text: string) => void) => {
  const deaths = await deathsOf(source)
  progress(`${deaths.length} boundaries of states to kill the runtime at`)
  const problems = await concurrently(deaths, 2, (death) => die(source, death))
  assert.deepEqual(problems.filter((problem) => problem !== undefined), [])
  return {'runtime kills': deaths.length}
}
