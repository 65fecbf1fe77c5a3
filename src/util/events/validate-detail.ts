import {contractVersions, eventSources, type EventDetails, type EventName} from '../../types/eventbridge'
import {validators, type ValidationProblem} from '../../types/eventbridge.validators'
import {asObject} from '../../types/json'
import {NamedError} from '../errors'

/** Whether a detail-type is one of our events. */
export const isEventName = (name: unknown): name is EventName => typeof name === 'string' && Object.hasOwn(eventSources, name)

/**
 * The detail, once it fits the contract of its event; properties that the contract does not know are let through.
 * Throws InvalidEventError, which names each property at fault, what was expected and the given subject.
 */
export const validateDetail = <E extends EventName>(detailType: E, detail: unknown, subject: string): EventDetails[E] => {
  const validate = validators[detailType]
  if (validate(detail)) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- validators and types are generated from one schema
    return detail as EventDetails[E]
  }
  const problems = (validate.errors ?? []).slice(0, 5).map((problem) => sentence(problem, detail))
  throw new NamedError('InvalidEventError', `${subject} does not fit the contract ${versioned(detailType)}: ${problems.join('; ')}.`)
}

/** A contract as messages call it. The quarantine reads its version there. */
export const versioned = (detailType: EventName): string => `${detailType} version ${contractVersions[detailType]}`

const sentence = ({instancePath, keyword, params, message}: ValidationProblem, detail: unknown): string => {
  const property = `detail${instancePath.replaceAll('/', '.')}`
  return keyword === 'required'
    ? `${property}.${String(params.missingProperty)} is required and missing`
    : `${property} ${message}, got ${shown(valueAt(detail, instancePath))}`
}

const valueAt = (value: unknown, pointer: string): unknown => pointer.split('/').slice(1)
  .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  .reduce<unknown>((inner, step) => Array.isArray(inner) ? inner[Number(step)] : asObject(inner)[step], value)

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
