import type {EventEnvelope} from '../../local/runtime/core/types'
import type {CapturedSources} from '../../local/replay/doors/captured-source'
import type {Judgement} from '../../local/replay/judge'
import {runShadow} from '../../local/replay/shadow'
import type {Wiring} from '../../shared/wiring/wiring'

/** What today's code makes of an attempt: whom it notifies, and in what its events differ from those that were published. */
export type Expected = Pick<Judgement, 'correlationId' | 'outcome' | 'differences' | 'told'>

/** Plays captured events and answers in shadow. */
export const play = async (wiring: Wiring, events: readonly EventEnvelope[], sources: CapturedSources): Promise<Expected[]> => {
  const {judgements = []} = await runShadow({wiring, events, sources, workers: 1})
  return judgements.map(({correlationId, outcome, differences, told}) => ({correlationId, outcome, differences, told}))
}

const identifying = (sources: CapturedSources): CapturedSources => Object.fromEntries(Object.entries(sources)
  .map(([id, {answers}]) => [id, {answers: answers.filter(({purpose}) => purpose === 'identify')}]))

export interface Settled {
  readonly sources: CapturedSources
  readonly expected: readonly Expected[]
  readonly note?: string
}

const isSame = (expected: readonly Expected[]): boolean => expected.every(({differences}) => differences.length === 0)

/**
 * Finds which of the captured answers lead to what happened: all, or, if it was not in headers and first bytes, those before the
 * transfer, or none. What is not captured is as the archive says.
 */
export const settle = async (wiring: Wiring, events: readonly EventEnvelope[], sources: CapturedSources): Promise<Settled> => {
  const choices: ReadonlyArray<readonly [sources: CapturedSources, note?: string]> = [
    [sources],
    [identifying(sources), 'What happened during the transfer is not in headers and first bytes: the source fails there as the archive says.'],
    [{}, 'What happened is not in headers and first bytes: the source is as the archive says.']
  ]
  const first = await play(wiring, events, sources)
  for (const [chosen, note] of choices) {
    const expected = chosen === sources ? first : await play(wiring, events, chosen)
    if (isSame(expected)) {
      return {sources: chosen, expected, ...(note !== undefined && {note})}
    }
  }
  return {sources, expected: first, note: 'Today\'s code comes to another outcome than what happened; what it comes to is what the test expects. Look at it before you keep it.'}
}
