import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as sleep} from 'node:timers/promises'
import {anotherCheckout, bench, type BenchOptions, checkouts} from './frame'
import {row, type Row} from './rows'
import {startStack} from './stack/stack'

const mebibyte = 1024 ** 2
/** From the first answer until the memory is counted. */
const idleMilliseconds = 10_000

interface Started {
  readonly answerSeconds: number
  /** In bytes, of all processes, npm's own included. */
  readonly rss: number
  readonly pss: number
  readonly demoSeconds: number
}

/** Resolves with the seconds that `npm run demo` takes. Throws if it fails. */
const demo = async (cwd: string): Promise<number> => {
  const startedAt = performance.now()
  const child = spawn('npm', ['run', '--silent', 'demo'], {cwd, stdio: ['ignore', 'ignore', 'inherit']})
  const [code] = await once(child, 'exit')
  if (code !== 0) {
    throw new Error(`Expected npm run demo in ${cwd} to tell its story; it ended with code ${code}.`)
  }
  return (performance.now() - startedAt) / 1000
}

/** Started, answering, idle, stopped; then the demo. */
const measure = async (folder: string): Promise<Started> => {
  const typedAt = performance.now()
  const stack = await startStack(folder)
  await (await fetch(`${stack.address}/_local/runtime`)).text()
  const answerSeconds = (performance.now() - typedAt) / 1000
  await sleep(idleMilliseconds)
  const {rss, pss} = stack.used()
  await stack[Symbol.asyncDispose]()
  return {answerSeconds, rss, pss, demoSeconds: await demo(folder)}
}

/** What a checkout needs built is built; the next starts are those of every day. */
const prepare = async (options: BenchOptions): Promise<void> => {
  await checkouts({...options, runs: 1}, async (folder) => {
    await using stack = await startStack(folder)
    await fetch(`${stack.address}/_local/runtime`)
    await sleep(idleMilliseconds)
  })
}

await bench('start', async (options) => {
  await prepare(options)
  const {here, other} = await checkouts(options, measure)
  const rowOf = (what: string, unit: Row['unit'], ratio: number, figure: (started: Started) => number): Row =>
    row({what, unit, target: {ratio}}, here.map(figure), anotherCheckout(other?.map(figure)))
  return [
    rowOf('npm start typed until the address answers', 's', 0.3, ({answerSeconds}) => answerSeconds),
    rowOf('idle for 10 s, all processes: RSS', 'MiB', 0.6, ({rss}) => rss / mebibyte),
    rowOf('idle for 10 s, all processes: PSS', 'MiB', 0.6, ({pss}) => pss / mebibyte),
    rowOf('npm run demo, whole', 's', 0.4, ({demoSeconds}) => demoSeconds)
  ]
})
