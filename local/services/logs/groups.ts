import {number, text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import type {ReadObserved} from '../../runtime/core/observed'
import {functionEvents, type LogEvent, workflowEvents} from './records'

/** A log group of the wiring whose events are kept. */
export interface Group {
  readonly name: string
  /** Days; 0 is for ever. */
  readonly retention: number
  readonly events: () => LogEvent[]
}

export interface Sources {
  readonly observed: ReadObserved
  /** What a workflow wrote, by its ARN. */
  readonly workflowLog: (machineArn: string) => ReadonlyArray<{readonly timestamp: number, readonly message: string}>
}

const eventsOf = (name: string, wiring: Wiring, {observed, workflowLog}: Sources): (() => LogEvent[]) | undefined => {
  const [, service, what = ''] = /^\/aws\/(lambda|vendedlogs\/states)\/(.+)$/.exec(name) ?? []
  const machine = wiring.ofType('aws_sfn_state_machine').find(({values}) => text(values, 'name') === what)
  if (service === 'lambda') {
    return () => functionEvents(observed, what)
  }
  return machine && (() => workflowEvents(what, workflowLog(text(machine.values, 'arn'))))
}

/** Of functions and workflows: what the API writes to its own is not kept here. */
export const groupsIn = (wiring: Wiring, sources: Sources): Group[] => wiring.ofType('aws_cloudwatch_log_group').flatMap(({values}) => {
  const name = text(values, 'name')
  const events = eventsOf(name, wiring, sources)
  return events === undefined ? [] : [{name, retention: number(values, 'retention_in_days', 0), events}]
})
