import type {EventEnvelope} from '../../local/runtime/core/types'
import {type LocalAttempt, type LocalReport, runLocally} from './local-run'
import type {Result} from '../../shared/cli/command'
import type {Values} from '../../shared/cli/option'
import type {Run} from './aws'
import type {options} from './options'

const attemptLines = ({fileId, correlationId, replayed, followed, differences}: LocalAttempt): string[] => [
  `${fileId} (${correlationId})`, `  ${replayed.join(', ') || 'nothing'} → ${followed.join(', ') || 'nothing'}`, ...differences.map((difference) => `  ${difference}`)
]

const localText = ({attempts, pushes}: LocalReport): string =>
  [...attempts.flatMap(attemptLines), `${attempts.length} attempts, ${pushes} pushes; nothing of it is kept`].join('\n')

/** Runs events through the embedded runtime and says what came of them, and how that differs from before. */
export const replayLocally = async (
  events: readonly EventEnvelope[], {wiring, event: kinds, allowPrivateSources}: Values<typeof options>, {meter, signal}: Run
): Promise<Result> => {
  const report = await runLocally(events, {wiring, kinds, allowPrivateSources, signal, onProgress: (status) => meter.show(0, status)})
  meter.end()
  return {value: report, text: localText(report), code: signal.aborted ? 130 : 0}
}
