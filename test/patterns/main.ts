import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {type Comparison, differing, ourVerdict} from './compare'
import {type Difference, differences} from './differences'
import {type Outcome, page} from './docs'
import {generate, type Pair, seeded} from './generate'
import {type Judge, startJudge} from './judge'
import {smaller, write} from './tree'

const BATCH = 2000
const SHOWN = 20

const compareAll = async (judge: Judge, pairs: readonly Pair[]): Promise<Comparison[]> => {
  const texts = pairs.map(({pattern, event}) => [write(pattern), write(event)] as const)
  const verdicts = await judge.ask(texts)
  return texts.map(([pattern, event], at) => ({pattern, event, ours: ourVerdict(pattern, event), rulers: verdicts[at]!}))
}

/** A difference is asked for again: Event Ruler's answers may change with where its objects lie in memory. */
const AGAIN = 50

const askAgain = async (judge: Judge, comparison: Comparison): Promise<Comparison> => {
  const verdicts = await judge.ask(Array.from({length: AGAIN}, () => [comparison.pattern, comparison.event] as const))
  return {...comparison, isUnsteady: verdicts.some((rulers) => differing({...comparison, rulers}) === undefined)}
}

const compareTwice = async (judge: Judge, pairs: readonly Pair[]): Promise<Comparison[]> => {
  const compared: Comparison[] = []
  for (const comparison of await compareAll(judge, pairs)) {
    compared.push(differing(comparison) === undefined ? comparison : await askAgain(judge, comparison))
  }
  return compared
}

const named = (comparison: Comparison): Difference | undefined => differences.find(({is}) => is(comparison))

/** Takes one thing after the other away while the two still differ in the same way, and no name is known for it. */
const shrink = async (judge: Judge, pair: Pair, kind: string): Promise<Pair> => {
  const candidates = [
    ...smaller(pair.pattern).map((pattern) => ({...pair, pattern})),
    ...smaller(pair.event).filter((event) => typeof event === 'object' && 'members' in event).map((event) => ({...pair, event}))
  ].filter(({pattern}) => typeof pattern === 'object' && 'members' in pattern)
  const compared = await compareTwice(judge, candidates)
  const at = compared.findIndex((comparison) => differing(comparison) === kind && named(comparison) === undefined)
  return at < 0 ? pair : shrink(judge, candidates[at]!, kind)
}

interface Found {
  readonly pair: Pair
  readonly kind: string
}

const search = async (judge: Judge, pairs: number, seed: number): Promise<Outcome & {readonly found: readonly Found[]}> => {
  const random = seeded(seed)
  const found: Found[] = []
  const counts = new Map<string, number>()
  let [matching, valid] = [0, 0]
  for (let done = 0; done < pairs; done += BATCH) {
    const batch = Array.from({length: Math.min(BATCH, pairs - done)}, () => generate(random))
    for (const [at, comparison] of (await compareTwice(judge, batch)).entries()) {
      const kind = differing(comparison)
      const name = kind === undefined ? undefined : named(comparison)?.name
      matching += Number(comparison.rulers.matches === true)
      valid += Number(comparison.rulers.matches !== undefined)
      if (name !== undefined) {
        counts.set(name, (counts.get(name) ?? 0) + 1)
      } else if (kind !== undefined) {
        found.push({pair: batch[at]!, kind})
      }
    }
  }
  return {found, counts, matching, valid, pairs, seed}
}

const show = async (judge: Judge, {pair, kind}: Found): Promise<string> => {
  const small = await shrink(judge, pair, kind)
  const [comparison] = await compareAll(judge, [small])
  return [`${kind}: ${comparison!.pattern} on ${comparison!.event}`, `  ours ${JSON.stringify(comparison!.ours)}`, `  Event Ruler ${JSON.stringify(comparison!.rulers)}`].join('\n')
}

const options = {pairs: {type: 'string', default: '100000'}, seed: {type: 'string', default: '1'}, write: {type: 'boolean', default: false}} as const

const root = join(import.meta.dirname, '..', '..')

const report = async (judge: Judge, {found, counts, ...outcome}: Outcome & {readonly found: readonly Found[]}, write: boolean): Promise<number> => {
  console.log(`${outcome.pairs} pairs of seed ${outcome.seed}: ${outcome.valid} patterns are valid, ${outcome.matching} events match.`)
  differences.forEach(({name, whose, reason}) => console.log(`${counts.get(name) ?? 0} named «${name}» (${whose}): ${reason}`))
  const shown = new Set<string>()
  for (const each of found.slice(0, SHOWN)) {
    shown.add(await show(judge, each))
  }
  shown.forEach((text) => console.log(text))
  if (found.length > 0) {
    console.log(`${found.length} differences that have no name.`)
    return 1
  }
  console.log('No other difference from Event Ruler 2.1.0.')
  if (write) {
    writeFileSync(join(root, 'docs', 'event-patterns.md'), page({...outcome, counts}))
  }
  return 0
}

const main = async (): Promise<number> => {
  const {values} = parseArgs({options})
  const judge = startJudge(join(root, 'node_modules', '.cache', 'patterns-judge'))
  try {
    return await report(judge, await search(judge, Number(values.pairs), Number(values.seed)), values.write)
  } finally {
    judge.end()
  }
}

process.exitCode = await main()
