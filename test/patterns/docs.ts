import {differences} from './differences'
import {serviceDecisions} from './service'

export interface Outcome {
  readonly pairs: number
  readonly seed: number
  readonly valid: number
  readonly matching: number
  /** How often each named difference was met. */
  readonly counts: ReadonlyMap<string, number>
}

const row = (...cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** The page that says where our matcher and Event Ruler part. */
export const page = ({pairs, seed, valid, matching, counts}: Outcome): string => [
  '# Event patterns, judged',
  '',
  'Written by `npm run patterns:judge -- --write` (Java 17 and Maven needed).',
  '',
  'The matcher in [shared/patterns](../shared/patterns) serves the embedded EventBridge, its console, the shadow replay and the contracts\' tools.',
  `It was compared with Event Ruler 2.1.0, the library that EventBridge runs, on ${pairs.toLocaleString('en')} generated pairs of a pattern and an event (seed ${seed}):`,
  `${valid.toLocaleString('en')} of the patterns are valid, ${matching.toLocaleString('en')} of the events match. Compared are validity, the words of a refusal with their place,`,
  'the complexity of wildcards, and the match. The two differ in what this table names, and in nothing else:',
  '',
  row('Difference', 'Due to', 'Pairs', 'Reason'),
  row('---', '---', '---', '---'),
  ...differences.map(({name, whose, reason}) => row(name, whose, String(counts.get(name) ?? 0), reason)),
  '',
  'We do not follow Event Ruler there: each is a fault of its own, and a pattern that met it would be taken for ours.',
  'Doubles whose Java text differs from one Java to another (`1e23`) are not among the pairs.',
  '',
  '## What the service decides',
  '',
  row('What', 'Decision', 'Known from'),
  row('---', '---', '---'),
  ...serviceDecisions.map((cells) => row(...cells)),
  ''
].join('\n')
