import type {IncomingMessage, ServerResponse} from 'node:http'
import {requestUrl} from '../../runtime/core/credential-scope'
import type {Clock} from '../../runtime/core/types'
import type {Fault} from '../faults/fault'
import type {Faults} from '../faults/faults'
import {numberIn} from '../../runtime/core/query'
import type {LocalRoute, LocalStream} from '../../runtime/core/router'
import {type Exchange, refuse, sendStruck, sendWhole} from './answer'
import {clipBytes, createVideo} from './video'
import {percentDecoded} from '../../../shared/percent'

export interface PracticeSourceDeps {
  readonly clock: Clock
  readonly faults: Faults
  /** Of the runtime: `http://127.0.0.1:<port>` */
  readonly address: () => string
  /** Whether the functions fetch from this machine at all. */
  readonly isReachable: boolean
}

const largest = 2 ** 40
/** Seconds that a video takes at most. */
const slowest = 3600
/** Seconds for which a source is busy. */
const usualLimit = 60

/** `practice` of `/_local/source/practice.mp4` */
const videoName = (pathname: string): string => percentDecoded(pathname).split('/').at(-1)!.replace(/\.mp4$/, '')

/** What a video is at by now. */
interface State {
  readonly version: number
  /** Epoch ms; refused until then. */
  readonly limitedUntil: number
}

const unstruck: State = {version: 1, limitedUntil: 0}

const afterFault = (state: State, {effect, seconds = usualLimit}: Fault, now: number): State => {
  switch (effect) {
    case 'change': return {...state, version: state.version + 1}
    case 'rate-limit': return {...state, limitedUntil: now + seconds * 1000}
    default: return state
  }
}

const createExchange = (request: IncomingMessage, response: ServerResponse, {version}: State): Exchange => {
  const {searchParams} = requestUrl(request)
  const video = createVideo(numberIn(searchParams, 'bytes', largest) ?? clipBytes(), version)
  const seconds = numberIn(searchParams, 'seconds', slowest) ?? 0
  return {request, response, video, rate: seconds === 0 ? Infinity : video.size / seconds}
}

/** Serves a video; a fault at `source.<name>` may strike each request. */
const createAnswer = ({clock, faults}: PracticeSourceDeps): LocalStream['open'] => {
  const states = new Map<string, State>()
  return (request, response) => {
    const {pathname, href} = requestUrl(request)
    const name = videoName(pathname)
    const fault = faults.strike({at: `source.${name}`, text: href})
    const before = states.get(name) ?? unstruck
    const state = fault === undefined ? before : afterFault(before, fault, clock.now())
    states.set(name, state)
    const exchange = createExchange(request, response, state)
    const limited = Math.ceil((state.limitedUntil - clock.now()) / 1000)
    if (limited > 0) {
      return refuse(exchange, 429, {'retry-after': String(limited)})
    }
    return fault === undefined ? sendWhole(exchange) : sendStruck(exchange, fault)
  }
}

/** A source to practise with: a video of any size under any name, that behaves as badly as faults say. */
export const practiceSourceRoutes = (deps: PracticeSourceDeps): Array<LocalRoute | LocalStream> => [
  {method: 'GET', path: '/source', answer: () => ({url: `${deps.address()}/_local/source/{name}.mp4`, isReachable: deps.isReachable})},
  {method: 'GET', path: '/source/{name}', open: createAnswer(deps)}
]
