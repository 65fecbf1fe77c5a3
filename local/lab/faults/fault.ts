import {asObject, hasKey, isObject, type Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'

/** What can strike each kind of thing. */
export const effects = {
  /** `<service>.<Operation>`: refused (throttle, error), done without an answer (timeout), or not even that (reset). */
  call: ['throttle', 'error', 'timeout', 'reset'],
  /** `deliver.<Target>` */
  deliver: ['duplicate', 'delay', 'reorder', 'drop'],
  /** `kill.<Function>`: SIGKILL of its sandbox at one of its calls, before or after AWS does it. */
  kill: ['before', 'after'],
  /** `runtime.<State>`: SIGKILL of the whole runtime as the workflow enters a state, before or after that is written. */
  runtime: ['before', 'after'],
  /** `source.<name>`, a request for a video of the practice source. */
  source: ['rate-limit', 'error', 'reset', 'truncate', 'stall', 'slow-loris', 'change', 'redirect']
} as const

export type Effect = typeof effects[keyof typeof effects][number]

/** Something that goes wrong on purpose. */
export interface Fault {
  /** `dynamodb.UpdateItem`, `deliver.StartFileUpload`, `kill.TransferFile`, `runtime.TransferFile`, `source.practice`; `*` stands for anything. */
  readonly at: string
  readonly effect: Effect
  /** Which of the things it is about it strikes first: the first by default. */
  readonly nth?: number
  /** How many it strikes in a row: one by default. */
  readonly times?: number | 'always'
  /** Only calls of this function, or of this service of the runtime: states, events, s3. */
  readonly by?: string
  /** Only what names this, or one of these: the id of a file, for example. */
  readonly about?: string | readonly string[]
  /** How long it delays, within which time it reorders, or for how long a source is busy; a minute by default. */
  readonly seconds?: number
  /** How much a source sends before it fails; half of the answer by default. */
  readonly bytes?: number
  /** Where a source redirects to; by default where clouds keep credentials. */
  readonly to?: string
  /** Share of occasions that it strikes, in (0, 1], by the seed. */
  readonly chance?: number
}

const invalid = (what: string, value: unknown): ServiceError =>
  new ServiceError('ValidationException', `Expected ${what}; got ${JSON.stringify(value) ?? 'nothing'}.`)

/** The effects that a fault at such a place can have. */
const effectsAt = (at: string): readonly Effect[] => {
  const kind = at.split('.')[0]!
  return hasKey(effects, kind) ? effects[kind] : effects.call
}

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value > 0

type Check = readonly [is: (value: unknown) => boolean, what: string]

const text: Check = [(value) => typeof value === 'string' && value !== '', 'a text']

const members: Readonly<Record<keyof Fault, Check>> = {
  at: [(value) => /^[\w*-]+\.[\w*-]+$/.test(String(value)), '`at` as <service>.<Operation>, deliver.<Target>, kill.<Function>, runtime.<State> or source.<name>'],
  effect: text,
  nth: [isCount, '`nth` to be a whole number from 1'],
  times: [(value) => value === 'always' || isCount(value), '`times` to be a whole number from 1, or "always"'],
  by: text,
  about: [(value) => [value].flat().every(text[0]), '`about` to be a text, or a list of texts'],
  seconds: [(value) => typeof value === 'number' && value >= 0, '`seconds` to be a number'],
  bytes: [(value) => value === 0 || isCount(value), '`bytes` to be a whole number'],
  to: [(value) => URL.canParse(String(value)), '`to` to be a URL'],
  chance: [(value) => typeof value === 'number' && value > 0 && value <= 1, '`chance` to be over 0 and at most 1']
}

const checkMember = (name: string, value: unknown): void => {
  if (!hasKey(members, name)) {
    throw invalid(`a fault to have the members ${Object.keys(members).join(', ')}`, name)
  }
  const [is, what] = members[name]
  if (!is(value)) {
    throw invalid(what, value)
  }
}

const parseFault = (value: unknown): Fault => {
  if (!isObject(value)) {
    throw invalid('each fault to be an object', value)
  }
  Object.entries({at: undefined, effect: undefined, ...value}).forEach(([name, member]) => checkMember(name, member))
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- every member has just been checked
  const fault = value as unknown as Fault
  const possible = effectsAt(fault.at)
  if (!possible.includes(fault.effect)) {
    throw invalid(`\`effect\` of ${fault.at} to be ${possible.join(', ')}`, fault.effect)
  }
  return fault
}

/** The faults of a plan: one, a list, or `{"faults": […]}`. Throws ValidationException. */
export const parseFaults = (plan: unknown): Fault[] => {
  const {faults} = asObject(plan)
  const list = Array.isArray(plan) ? plan : faults === undefined ? [plan] : faults
  if (!Array.isArray(list)) {
    throw invalid('`faults` to be a list', list)
  }
  return list.map(parseFault)
}

/** Members of a flag behind its commas: `seconds=30`, `bytes=4096`. */
const parseMembers = (text: string): Json => Object.fromEntries(text.split(',').slice(1).map((pair) => {
  const [, name = pair, value = ''] = /^(\w+)=(.+)$/.exec(pair) ?? []
  return [name, value === '' || Number.isNaN(Number(value)) ? value : Number(value)]
}))

/** `dynamodb.UpdateItem:3=throttle`, `s3.UploadPart:2+=reset@TransferFile`, `source.*=reset,bytes=4096`: `:3` the third, `:3+` all from the third on. Throws ValidationException. */
export const faultFromFlag = (flag: string): Fault => {
  const [, at, nth, on, effect, by, more = ''] = /^([\w*-]+\.[\w*-]+)(?::(\d+)(\+)?)?=([\w-]+)(?:@(\w+))?((?:,[^,]+)*)$/.exec(flag) ?? []
  if (at === undefined) {
    throw invalid('a fault as <what>[:<nth>[+]]=<effect>[@<function>][,<member>=<value>…], for example dynamodb.UpdateItem:3=throttle', flag)
  }
  return parseFault({at, effect, ...(nth && {nth: Number(nth)}), ...(on && {times: 'always'}), ...(by && {by}), ...parseMembers(more)})
}
