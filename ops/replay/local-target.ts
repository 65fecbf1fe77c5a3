import type {EventEnvelope} from '../../local/runtime/core/types'
import {type LocalAttempt, type LocalReport, runLocally} from './local-run'
import type {Meter} from './meter'
import type {ReplayOptions} from './options'

const attemptLines = ({fileId, correlationId, replayed, followed, differences}: LocalAttempt): string[] => [
  `${fileId} (${correlationId})`, `  ${replayed.join(', ') || 'nothing'} → ${followed.join(', ') || 'nothing'}`, ...differences.map((difference) => `  ${difference}`)
]

const localText = ({attempts, pushes}: LocalReport): string =>
  [...attempts.flatMap(attemptLines), `${attempts.length} attempts, ${pushes} pushes; nothing of it is kept`].join('\n')

/** Runs events through the embedded runtime and tells what came of them, and in what that is other than before. */
export const replayLocally = async (events: readonly EventEnvelope[], options: ReplayOptions, meter: Meter, signal: AbortSignal): Promise<number> => {
  const {wiring, events: kinds, allowPrivateSources, json} = options
  const report = await runLocally(events, {wiring, kinds, allowPrivateSources, signal, onProgress: (status) => meter.show(0, status)})
  meter.end()
  console.log(json ? JSON.stringify(report) : localText(report))
  return signal.aborted ? 130 : 0
}
