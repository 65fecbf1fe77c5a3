import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {anotherCheckout, bench, checkouts} from './frame'
import {type Row, row} from './rows'

const commands = [
  {args: ['test'], target: {ratio: 0.35}},
  {args: ['run', 'wiring', '--', '--out', 'dist/bench/wiring.json'], target: {ratio: 0.5}},
  {args: ['run', 'test:integration'], target: {ratio: 0.5}}
] as const

/** Seconds that a command of npm takes in a checkout. Throws its end if it fails: nothing is quick that did not do its work. */
const seconds = async (cwd: string, args: readonly string[]): Promise<number> => {
  const startedAt = performance.now()
  const child = spawn('npm', args, {cwd, stdio: ['ignore', 'pipe', 'pipe']})
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => said.splice(0, Math.max(0, said.push(text) - 50)))
  }
  const [code] = await once(child, 'close')
  if (code !== 0) {
    throw new Error(`npm ${args.join(' ')} in ${cwd} ended with ${code}:\n${said.join('')}`)
  }
  return (performance.now() - startedAt) / 1000
}

const nameOf = (args: readonly string[]): string => `npm ${args.slice(0, args[0] === 'run' ? 2 : 1).join(' ')}`

await bench('commands', async (options) => {
  const rows: Row[] = []
  for (const {args, target} of commands) {
    const {here, other} = await checkouts(options, (checkout) => seconds(checkout, args))
    rows.push(row({what: nameOf(args), unit: 's', target}, here, anotherCheckout(other)))
  }
  return rows
}, 1)
