import {createHash} from 'node:crypto'
import {setTimeout as sleep} from 'node:timers/promises'
import {type Bench, type Finding, megabytes, partBytes, requireWhole, sizeName} from './bench'
import {slices} from './bytes'
import {startWorker, type Worker} from './processes'
import type {SinkMessage, SinkReport} from './sink'
import type {Work} from './workers/serve'

interface SourceReport {
  readonly bytes: number
}

/** Numbers from 0 up to 1 that a seed decides. */
export const randomOf = (seed: number): () => number => {
  let state = seed
  return () => {
    state = state + 0x6d2b79f5 | 0
    const mixed = Math.imul(state ^ state >>> 15, 1 | state)
    return ((mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed) >>> 0) / 2 ** 32
  }
}

const begin = async ({sink}: Bench): Promise<string> => {
  const answer = await fetch(`${sink.origin}/bench/ranges.mp4?uploads`, {method: 'POST'})
  return /<UploadId>([^<]+)/.exec(await answer.text())![1]!
}

const complete = async ({sink}: Bench, uploadId: string): Promise<void> => {
  await fetch(`${sink.origin}/bench/ranges.mp4?uploadId=${uploadId}`, {method: 'POST'})
}

const sentBytes = async ({source}: Bench): Promise<number> => (await source.ask<SourceReport>({})).bytes

/** Kills a worker once the source has sent so many bytes. */
const killAt = async (bench: Bench, {run, kill}: Worker, work: Work, bytes: number): Promise<void> => {
  const running = run(work).then(() => 'done', () => 'killed')
  while (await sentBytes(bench) < bytes) {
    await sleep(1)
  }
  kill()
  await running
}

export const sha256Of = (size: number): string => {
  const hash = createHash('sha256')
  for (const bytes of slices(0, size)) {
    hash.update(bytes)
  }
  return hash.digest('hex')
}

/** Transfers a file by ranges, whose worker is killed once; the bytes that the source had to send again. */
const killedOnce = async (bench: Bench, size: number, share: number, sha256: string): Promise<number> => {
  const before = await sentBytes(bench)
  const work = {url: `${bench.source.origin}/${size}.mp4`, key: 'ranges.mp4', partBytes, inFlight: 1, uploadId: await begin(bench), size}
  await killAt(bench, await startWorker(bench.bundles.ranges, bench.sink.origin), work, before + share * size)
  await (await startWorker(bench.bundles.ranges, bench.sink.origin)).run(work)
  await complete(bench, work.uploadId)
  const report = await bench.sink.ask<SinkReport>({clear: true} satisfies SinkMessage)
  requireWhole(report, size, 'a transfer whose worker was killed')
  if (report.sha256 !== sha256) {
    throw new Error(`Expected the SHA-256 ${sha256}; the sink has ${report.sha256}.`)
  }
  return await sentBytes(bench) - before - size
}

/** SIGKILL of a worker at random points of a ranged transfer. */
export const resume = async (bench: Bench, size: number, kills: number, seed: number): Promise<readonly Finding[]> => {
  const random = randomOf(seed)
  const sha256 = sha256Of(size)
  const again: number[] = []
  for (let kill = 1; kill <= kills; kill++) {
    const share = random()
    again.push(await killedOnce(bench, size, share, sha256))
    bench.say(`SIGKILL ${kill} of ${kills} at ${(share * 100).toFixed(1)} %: ${megabytes(again.at(-1)!)} MiB fetched again, SHA-256 equal`)
  }
  const most = Math.max(...again)
  return [{
    what: `${kills} SIGKILLs in ${sizeName(size)} by ranges (seed ${seed}): most bytes fetched again; SHA-256 equal, no open upload`,
    figure: `${megabytes(most)} MiB`, target: `≤ one part, ${megabytes(partBytes)} MiB`, met: most <= partBytes
  }]
}

/** A source that breaks each connection once, somewhere. */
export const resets = async (bench: Bench, size: number, seed: number): Promise<readonly Finding[]> => {
  const before = await sentBytes(bench)
  const work = {url: `${bench.source.origin}/${size}.mp4?reset=${seed}`, key: 'ranges.mp4', partBytes, inFlight: 1, uploadId: await begin(bench), size}
  const cost = await (await startWorker(bench.bundles.ranges, bench.sink.origin)).run(work)
  await complete(bench, work.uploadId)
  requireWhole(await bench.sink.ask<SinkReport>({clear: true} satisfies SinkMessage), size, 'a transfer from a source that breaks off')
  const [again, {failed}] = [await sentBytes(bench) - before - size, cost.result as {failed: number}]
  bench.say(`${failed} resets in ${sizeName(size)}: ${megabytes(again)} MiB fetched again`)
  return [{
    what: `Source that resets each of ${failed} ranges at a random byte (seed ${seed}), ${sizeName(size)}: fetched again for each reset`,
    figure: `${megabytes(again / failed)} MiB`, target: `≤ one part, ${megabytes(partBytes)} MiB`, met: failed > 0 && again / failed <= partBytes
  }, {
    what: `Peak memory over bare Node, by ranges, ${sizeName(size)}`, figure: `${megabytes(cost.peakBytes - bench.bareBytes)} MiB`,
    target: '≤ 96 MiB', met: cost.peakBytes - bench.bareBytes <= 96 * 1024 ** 2
  }]
}
