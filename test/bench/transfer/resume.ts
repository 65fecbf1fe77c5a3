import {createHash} from 'node:crypto'
import {setTimeout as sleep} from 'node:timers/promises'
import {type Bench, type Finding, megabytes, memoryTarget, partBytes, sizeName} from './bench'
import {slices} from './bytes'
import type {Options} from './options'
import type {SourceReport} from './source'
import {bringHome, requireObject, startSystem, type System} from './system'

/** Numbers from 0 up to 1 that a seed decides. */
export const randomOf = (seed: number): () => number => {
  let state = seed
  return () => {
    state = state + 0x6d2b79f5 | 0
    const mixed = Math.imul(state ^ state >>> 15, 1 | state)
    return ((mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed) >>> 0) / 2 ** 32
  }
}

export const sha256Of = (size: number): string => {
  const hash = createHash('sha256')
  for (const bytes of slices(0, size)) {
    hash.update(bytes)
  }
  return hash.digest('hex')
}

const sent = ({source}: Bench): Promise<SourceReport> => source.ask<SourceReport>({})

/** Kills one worker after the other, in an order by chance, until one died at its work and not idle. */
const killOne = async (system: System, random: () => number): Promise<void> => {
  const before = system.died()
  const workers = system.workers().map((pid) => ({pid, at: random()})).sort((one, other) => one.at - other.at)
  for (const {pid} of workers) {
    process.kill(pid, 'SIGKILL')
    await sleep(250)
    if (system.died() > before) {
      return
    }
  }
  throw new Error(`Expected one of ${workers.length} workers to be at its work; none was.`)
}

interface Killed {
  readonly url: string
  readonly size: number
  /** How much of it the source has sent by then. */
  readonly share: number
}

/** Brings a file whose worker is killed on the way; the bytes that the source had to send again. Throws unless all is there in the end. */
const killedOnce = async (bench: Bench, system: System, {url, size, share}: Killed, random: () => number): Promise<number> => {
  const {ranged: before} = await sent(bench)
  const file = await bringHome(system, url, async () => {
    while ((await sent(bench)).ranged - before < share * size) {
      await sleep(1)
    }
    await killOne(system, random)
  })
  const again = (await sent(bench)).ranged - before - size
  await requireObject(system, file, sha256Of(size))
  return again
}

/** SIGKILL of a worker at random points of transfers by ranges. */
const kills = async (bench: Bench, system: System, size: number, times: number, seed: number): Promise<Finding> => {
  const random = randomOf(seed)
  let most = 0
  for (let kill = 1; kill <= times; kill++) {
    const share = random()
    const again = await killedOnce(bench, system, {url: `${bench.source.origin}/${size}.mp4?kill=${kill}`, size, share}, random)
    most = Math.max(most, again)
    bench.say(`SIGKILL ${kill} of ${times} at ${(share * 100).toFixed(1)} %: ${megabytes(again)} MiB fetched again, SHA-256 equal, no open upload`)
  }
  return {
    what: `${times} SIGKILLs of a worker, ${sizeName(size)} by ranges (seed ${seed}): most bytes fetched again; SHA-256 equal, no open upload`,
    figure: `${megabytes(most)} MiB`, target: `≤ one part, ${megabytes(partBytes)} MiB`, met: most <= partBytes
  }
}

/** What was on its way when a connection broke: kernels hold less than this of one. Of what has arrived nothing is asked for again. */
const bufferBytes = 8 * 1024 ** 2

/** A source that breaks the connection once in each part, somewhere. */
const resets = async (bench: Bench, system: System, size: number, seed: number): Promise<Finding> => {
  const before = await sent(bench)
  const file = await bringHome(system, `${bench.source.origin}/${size}.mp4?reset=${seed}`)
  await requireObject(system, file, sha256Of(size))
  const after = await sent(bench)
  const [times, again] = [after.resets - before.resets, after.ranged - before.ranged - size]
  bench.say(`${times} resets in ${sizeName(size)}: ${megabytes(again)} MiB fetched again, SHA-256 equal`)
  return {
    what: `Source that resets the connection ${times} times at random bytes (seed ${seed}), ${sizeName(size)}: fetched again for each; SHA-256 equal`,
    figure: `${megabytes(again / times)} MiB`, target: `≤ the buffers of a connection, ${megabytes(bufferBytes)} MiB`, met: times > 0 && again / times <= bufferBytes
  }
}

const whole = async (bench: Bench, system: System, size: number): Promise<readonly Finding[]> => {
  const startedAt = performance.now()
  const file = await bringHome(system, `${bench.source.origin}/${size}.mp4`)
  const seconds = (performance.now() - startedAt) / 1000
  await requireObject(system, file, sha256Of(size))
  const overBare = system.peakBytes() - bench.bareBytes
  bench.say(`${sizeName(size)} through the whole embedded system: ${seconds.toFixed(1)} s, ${megabytes(overBare)} MiB over bare Node, SHA-256 equal`)
  return [
    {what: `Through the whole embedded system, ${sizeName(size)}: size; SHA-256 equal`, figure: sizeName(file.size ?? 0), target: sizeName(size), met: file.size === size},
    {what: `Peak memory over bare Node, its workers, ${sizeName(size)}`, figure: `${megabytes(overBare)} MiB`, target: `≤ ${megabytes(memoryTarget)} MiB`, met: overBare <= memoryTarget}
  ]
}

/** The functions themselves, in the embedded AWS, with everything around them. */
export const throughTheSystem = async (bench: Bench, options: Options): Promise<readonly Finding[]> => {
  const system = await startSystem()
  try {
    return [
      ...await whole(bench, system, options.whole), await resets(bench, system, options.resumed, options.seed),
      await kills(bench, system, options.resumed, options.kills, options.seed)
    ]
  } finally {
    await system.stop()
  }
}
