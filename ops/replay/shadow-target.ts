import {readWiring} from '../../shared/wiring/wiring'
import type {EventEnvelope} from '../../local/runtime/core/types'
import {shadowText} from '../../local/replay/report'
import {runShadow} from '../../local/replay/shadow'
import type {Meter} from './meter'
import type {ReplayOptions} from './options'

/** Plays events in shadow and tells what differs. Answers the exit code: 1 where anything does. */
export const replayInShadow = async (
  events: readonly EventEnvelope[], {wiring, json}: ReplayOptions, meter: Meter, signal: AbortSignal
): Promise<number> => {
  const onProgress = ({events: done, of}: {events: number, of: number}): void => meter.show(done / of, `${done} of ${of} events`)
  const report = await runShadow({wiring: readWiring(wiring), events, signal, onProgress})
  meter.end()
  console.log(json ? JSON.stringify(report) : shadowText(report))
  return report.different > 0 ? 1 : 0
}
