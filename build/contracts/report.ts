import type {EventChange} from './compare-contracts'
import type {Hits} from './hits'

/** What `contracts:check` found; with `--json` it is printed as it is. */
export interface Report {
  readonly base: string
  readonly verdict: 'breaking' | 'safe'
  readonly changes: ReadonlyArray<EventChange & {readonly hits?: Hits}>
}

/** The report as a table: one line a change, and below a breaking one whom it hits. */
export const reportText = ({base, changes}: Report): string => {
  const count = changes.filter(({verdict}) => verdict === 'breaking').length
  const eventWidth = Math.max(0, ...changes.map(({event}) => event.length))
  const pathWidth = Math.max(0, ...changes.map(({path}) => path.length))
  return [
    `Contracts compared with ${base}.`,
    ...changes.flatMap(({verdict, event, path, why, hits}) => [
      `${verdict === 'breaking' ? 'BREAKING' : 'safe    '}  ${event.padEnd(eventWidth)}  ${(path || '/').padEnd(pathWidth)}  ${why}`,
      ...hits === undefined ? [] : hitLines(hits)
    ]),
    changes.length === 0 ? 'No change.' : `${changes.length === 1 ? '1 change' : `${changes.length} changes`}, ${count} breaking.`,
    ...count === 0 ? [] : ['A contract only ever gains optional fields. For anything else define a new event beside the old one.']
  ].join('\n')
}

const hitLines = (hits: Hits): string[] => {
  const lines = Object.entries<readonly string[]>({...hits}).filter(([, names]) => names.length > 0).map(([kind, names]) => `            ${kind}: ${names.join(', ')}`)
  return lines.length === 0 ? ['            hits no one in this repository'] : lines
}
