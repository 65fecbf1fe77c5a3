import type {Finding} from './finding'
import type {Facts} from './facts/facts'
import {matcherWord} from './tasks/match'
import type {Verdict} from './verify'

/** A verdict for people. */
export const verdictText = ({workflow, findings, states, paths}: Verdict, {policy: {budget}}: Facts): string => {
  const besides = budget.besides.map(matcherWord).join(', ')
  const limit = Number.isFinite(budget.states) ? `, at most ${budget.states} promised` : ''
  return [
    `${workflow}: ${states} states, ${findings.length === 0 ? 'no findings' : `${findings.length} finding${findings.length === 1 ? '' : 's'}`}`,
    ...paths.map((path) => [
      `  ${path.isCommon ? 'common path' : 'path with Map or Parallel'}: ${path.counted} transitions`, besides === '' ? '' : ` besides ${besides}`,
      ...path.items.map(({of, states: each}) => `, and ${each} for each item of ${of}`), path.isCommon ? limit : '', `: ${path.states.join(' → ')}`
    ].join('')),
    ...findings.flatMap(findingLines)
  ].join('\n')
}

const findingLines = ({code, state, pointer, sentence}: Finding): string[] =>
  ['', `${code}  ${[state, pointer].filter((part) => part !== '').join('  ')}`, `  ${sentence}`]
