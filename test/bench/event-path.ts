import {execFileSync} from 'node:child_process'
import {trustedJson} from '../../shared/json'
import {anotherCheckout, bench, checkouts} from './frame'
import {row} from './rows'

interface Measured {
  readonly rate: number
  readonly p99: number
}

const rates = [{rate: 500, target: {ratio: 0.5}}, {rate: 2000, target: {figure: 20}}] as const

/** What `npm run bench:events` of a checkout finds at both rates. */
const measure = async (cwd: string): Promise<Measured[]> => trustedJson<Measured[]>(execFileSync(
  'npm', ['run', '--silent', 'bench:events', '--', '--rates', rates.map(({rate}) => rate).join(','), '--json'], {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']}
))

await bench('event-path', async (options) => {
  const {here, other} = await checkouts(options, measure)
  return rates.map(({rate, target}) => {
    const p99 = (runs: readonly Measured[][]): number[] => runs.map((run) => run.find((each) => each.rate === rate)!.p99)
    return row({what: `from PutEvents to the target's start, p99 at ${rate}/s`, unit: 'ms', target}, p99(here), anotherCheckout(other && p99(other)))
  })
}, 3)
