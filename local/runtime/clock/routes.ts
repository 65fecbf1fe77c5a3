import type {Json} from '../../../shared/json'
import {ServiceError} from '../core/errors'
import type {LocalRoute} from '../core/router'
import type {Time} from './time'
import type {VirtualClock} from './virtual-clock'

const iso = (at: number): string => new Date(at).toISOString()

const shown = ({clock, virtual}: Time) => {
  const next = virtual?.waiting()[0]
  return {now: iso(clock.now()), mode: virtual?.mode() ?? 'real', next: next === undefined ? null : iso(next)}
}

const refuse = (what: string): never => {
  throw new ServiceError('ValidationException', `Expected ${what}.`)
}

/** How far time is to go, if anywhere. */
const targetTime = ({advance, now}: Json, clock: VirtualClock): number | undefined => {
  if (advance !== undefined) {
    return typeof advance === 'number' && advance >= 0 ? clock.now() + advance * 1000 : refuse('`advance` to be a number of seconds')
  }
  const at = now === undefined ? undefined : Date.parse(String(now))
  return at === undefined || at >= clock.now() ? at : refuse(`\`now\` to be an ISO 8601 time from ${iso(clock.now())} on`)
}

const change = async (time: Time, input: Json) => {
  const clock = time.virtual ?? refuse('a virtual clock, which npm start -- --virtual-clock has')
  const {mode} = input
  const target = targetTime(input, clock)
  if (mode === 'auto' || mode === 'manual') {
    clock.setMode(mode)
  } else if (mode !== undefined) {
    refuse('`mode` to be auto or manual')
  }
  if (target !== undefined) {
    await clock.advanceTo(target)
  }
  return shown(time)
}

/** The clock, as the local API has it: looked at, and moved. */
export const clockRoutes = (time: Time): LocalRoute[] => [
  {method: 'GET', path: '/clock', answer: () => shown(time)},
  {method: 'POST', path: '/clock', answer: async ({body}) => change(time, await body())}
]
