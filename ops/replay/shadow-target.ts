import {readWiring} from '../../shared/wiring/wiring'
import type {EventEnvelope} from '../../local/runtime/core/types'
import {shadowText} from '../../local/replay/report'
import {runShadow} from '../../local/replay/shadow'
import type {Result} from '../../shared/cli/command'
import type {Run} from './aws'

/** Plays events in shadow and says what differs; the exit code is 1 if anything does. */
export const replayInShadow = async (
  events: readonly EventEnvelope[], {wiring}: {readonly wiring: string}, {meter, signal}: Run
): Promise<Result> => {
  const onProgress = ({events: done, of}: {events: number, of: number}): void => meter.show(done / of, `${done} of ${of} events`)
  const report = await runShadow({wiring: readWiring(wiring), events, signal, onProgress})
  meter.end()
  return {value: report, text: shadowText(report), code: report.different > 0 ? 1 : 0}
}
