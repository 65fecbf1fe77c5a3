import {randomInt} from 'node:crypto'
import {parseArgs} from 'node:util'

export const usage = `npm run test:reliability -- [options]
  Proves that nothing is lost and nothing happens twice; docs/reliability.md says what each proof does.
  --only N     this proof alone (repeat for several)
  --long       each proof as long as it takes, and those that the gate leaves out
  --seed N     repeat a run; without it one is chosen, and printed
  --report     a table of all proofs with their figures at the end; of what is left out, those of its last run
  dist/reports/test-reliability.json has the same for programs
exit code: 0 all hold, 1 one does not, 2 wrong usage`

export interface Options {
  readonly only: readonly number[]
  readonly long: boolean
  readonly seed: number
  readonly report: boolean
}

const options = {
  only: {type: 'string', multiple: true}, long: {type: 'boolean', default: false}, seed: {type: 'string'},
  report: {type: 'boolean', default: false}, help: {type: 'boolean', default: false}
} as const

const wholeNumber = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) {
    throw new Error(`Expected --${name} to be a whole number of at most nine digits; got '${text}'.`)
  }
  return Number(text)
}

/** What the command line says. Throws what is wrong with it. */
export const parseOptions = (args: readonly string[]): Options | 'help' => {
  const {values} = parseArgs({args: [...args], options, strict: true})
  return values.help
    ? 'help'
    : {
        only: (values.only ?? []).map((text) => wholeNumber('only', text)),
        long: values.long,
        report: values.report,
        seed: values.seed === undefined ? randomInt(1_000_000_000) : wholeNumber('seed', values.seed)
      }
}
