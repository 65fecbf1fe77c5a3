import {availableParallelism} from 'node:os'
import pLimit from 'p-limit'
import {type Options, parseOptions, usage} from './main/options'
import {findProofs, type FoundProof, longestFirst} from './main/proofs'
import {lineOf, tableOf, writeReport} from './main/report'
import {type Result, runProof} from './main/run'

const chosen = (proofs: readonly FoundProof[], {only, long}: Options): readonly FoundProof[] => {
  const missing = only.filter((number) => proofs.every(({proof}) => proof.number !== number))
  if (missing.length > 0) {
    throw new Error(`Expected --only to name one of the proofs ${proofs.map(({proof}) => proof.number).join(', ')}; got ${missing.join(', ')}.`)
  }
  return proofs.filter(({proof}) => only.length > 0 ? only.includes(proof.number) : long || proof.onlyLong !== true)
}

const runOne = async (found: FoundProof, options: Options): Promise<Result> => {
  const {number, title} = found.proof
  console.log(`\nproof ${number}: ${title}`)
  const result = await runProof(found, options, (text) => console.log(`  ${number}: ${text}`))
  console.log(lineOf(result))
  return result
}

/** Those that measure times have the machine for themselves; of the others, most of whose time is waiting, one a core runs. */
const runAll = async (proofs: readonly FoundProof[], options: Options): Promise<readonly Result[]> => {
  const runner = (abreast: number) => {
    const limit = pLimit(abreast)
    return (chosen: readonly FoundProof[]) => Promise.all(chosen.map((found) => limit(() => runOne(found, options))))
  }
  const alone = await runner(1)(proofs.filter(({proof}) => proof.isAlone))
  const others = await runner(Math.min(availableParallelism(), 4))(longestFirst(proofs.filter(({proof}) => !proof.isAlone)))
  return [...alone, ...others].toSorted((one, other) => one.number - other.number)
}

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  const all = await findProofs()
  const proofs = chosen(all, options)
  console.log(`seed ${options.seed}, ${options.long ? 'long' : 'short'} form: ${proofs.map(({proof}) => proof.number).join(', ')}`)
  const results = await runAll(proofs, options)
  writeReport(results, options)
  if (options.report) {
    const leftOut = options.only.length > 0 ? [] : all.filter((found) => !proofs.includes(found)).map(({proof}) => proof)
    console.log(`\n${tableOf(results, leftOut)}`)
  }
  const failed = results.filter(({figures}) => figures === undefined)
  console.log(`\n${results.length - failed.length} of ${results.length} proofs hold; repeat with --seed ${options.seed}`)
  return failed.length === 0 ? 0 : 1
}

// A key press ends the proofs as well: their processes are in groups of their own.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(130))
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.message} See npm run test:reliability -- --help` : error)
  return 2
})
