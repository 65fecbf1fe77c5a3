import {parseArgs} from 'node:util'

export const usage = `npm run bench:events -- [options]
  Measures the event path of the embedded runtime: from PutEvents, as its client calls it, to the start of the target, a function
  in a process of its own. Each event passes HTTP, validation, archive, rules, the durable queues and the Runtime API. Beside it, what
  the machine takes for the bare way: the same client, a server that does nothing, and a process that asks it for the next event.
  --rates LIST     events a second, one after the other (100,500,1000)
  --seconds N      at each rate (10)
  --json           for a program; dist/reports/bench-events.json has it either way
exit code: 0 measured, 1 not, 2 wrong usage`

export interface Options {
  readonly rates: readonly number[]
  readonly seconds: number
  readonly json: boolean
}

const options = {
  rates: {type: 'string', default: '100,500,1000'}, seconds: {type: 'string', default: '10'}, json: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false}
} as const

const positive = (name: string, text: string): number => {
  const value = Number(text)
  if (!(value > 0 && value <= 100_000)) {
    throw new Error(`Expected --${name} to have numbers from 1 to 100,000; got '${text}'.`)
  }
  return value
}

/** What the command line says. Throws what is wrong with it. */
export const parseOptions = (args: readonly string[]): Options | 'help' => {
  const {values} = parseArgs({args: [...args], options, strict: true})
  return values.help
    ? 'help'
    : {rates: values.rates.split(',').map((text) => positive('rates', text)), seconds: positive('seconds', values.seconds), json: values.json}
}
