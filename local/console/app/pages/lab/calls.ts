import {local} from '../../core/http'

export interface ClockView {
  readonly now: string
  readonly mode: 'real' | 'auto' | 'manual'
  readonly next: string | null
}

export const readClock = (): Promise<ClockView> => local('/clock')
export const moveClock = (change: {readonly advance?: number, readonly now?: string, readonly mode?: 'auto' | 'manual'}): Promise<ClockView> => local('/clock', 'POST', change)

export interface Fault {
  readonly at: string
  readonly effect: string
  readonly nth?: number
  readonly times?: number | 'always'
  readonly by?: string
  readonly seconds?: number
  readonly bytes?: number
  readonly chance?: number
}

export interface PlannedFault extends Fault {
  readonly id: number
  readonly seen: number
  readonly struck: number
}

export const listFaults = async (): Promise<readonly PlannedFault[]> => (await local<{faults: readonly PlannedFault[]}>('/faults')).faults
export const addFault = (fault: Fault): Promise<unknown> => local('/faults', 'POST', fault)
export const removeFault = (id?: number): Promise<unknown> => local(`/faults${id === undefined ? '' : `?id=${id}`}`, 'DELETE')

/** A source of the runtime's own, which faults at `source.<name>` strike. */
export interface PracticeSource {
  /** With `{name}`. */
  readonly url: string
  readonly isReachable: boolean
}

export const readPracticeSource = (): Promise<PracticeSource> => local('/source')
